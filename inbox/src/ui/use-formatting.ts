import { useLayoutEffect, useRef, type RefObject } from 'react';
import { toggleMark, type MarkedStyle } from '../text/marks.ts';

interface Shortcut {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

/** By what the key writes in Latin letters; others have no shortcut. */
const shortcuts: Record<string, MarkedStyle> = { b: 'bold', i: 'italic' };

/** Marks what is selected in a text area. What was selected stays so. */
export function useFormatting(
  area: RefObject<HTMLTextAreaElement | null>,
  onChange: (text: string) => void,
): (style: MarkedStyle) => void {
  const selection = useRef<[number, number] | null>(null);
  useLayoutEffect(() => {
    if (selection.current) area.current?.setSelectionRange(...selection.current);
    selection.current = null;
  });
  return (style) => {
    if (!area.current) return;
    const { value: text, selectionStart: start, selectionEnd: end } = area.current;
    const next = toggleMark({ text, start, end }, style);
    selection.current = [next.start, next.end];
    area.current.focus();
    onChange(next.text);
  };
}

/** Ctrl or Command with B or I. */
export function styleOfKey({ key, ctrlKey, metaKey, altKey }: Shortcut): MarkedStyle | undefined {
  return (ctrlKey || metaKey) && !altKey ? shortcuts[key.toLowerCase()] : undefined;
}
