import { createContext, useContext, useMemo, useState } from 'react';
import type { MessageRow } from '../api/rows.ts';
import { longPress, type PressHandlers } from './long-press.ts';

/** A message whose menu is asked for, and the button it belongs to. */
export interface MenuRequest {
  row: MessageRow;
  anchor: HTMLElement;
  onClosed: () => void;
}

export const ActsContext = createContext<(request: MenuRequest) => void>(() => undefined);

/** A bubble's way to its menu: the button that opens it, and a long press. */
export interface MessageMenu {
  isOpen: boolean;
  button: (element: HTMLButtonElement | null) => void;
  open: () => void;
  press: PressHandlers;
}

export function useMessageMenu(row: MessageRow): MessageMenu {
  const ask = useContext(ActsContext);
  const [anchor, setAnchor] = useState<HTMLButtonElement | null>(null);
  const [isOpen, setOpen] = useState(false);
  return useMemo(() => {
    function open(): void {
      if (!anchor) return;
      setOpen(true);
      ask({ row, anchor, onClosed: () => setOpen(false) });
    }
    return { isOpen, button: setAnchor, open, press: longPress(open) };
  }, [ask, anchor, isOpen, row]);
}
