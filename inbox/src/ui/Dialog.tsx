import { useEffect, useId, useState, type ReactNode } from 'react';

interface Props {
  title: string;
  testId: string;
  /** a selector of what gets the focus; the first thing that can, unless told */
  focusOn?: string;
  onClose: () => void;
  /** gets the way to close it, which gives the focus back to where it was */
  children: (close: () => void) => ReactNode;
}

/** A modal dialog; Escape closes it. */
export function Dialog({ title, testId, focusOn, onClose, children }: Props) {
  const [dialog, setDialog] = useState<HTMLDialogElement | null>(null);
  const titleId = useId();
  useEffect(() => {
    dialog?.showModal();
    if (focusOn !== undefined) dialog?.querySelector<HTMLElement>(focusOn)?.focus();
  }, [dialog, focusOn]);
  return (
    <dialog ref={setDialog} className="dialog" aria-labelledby={titleId} onClose={onClose} data-testid={testId}>
      <h2 id={titleId}>{title}</h2>
      {children(() => dialog?.close())}
    </dialog>
  );
}
