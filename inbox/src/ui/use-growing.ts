import { useLayoutEffect, useRef, type RefObject } from 'react';

/** A text area as high as its text; CSS sets the limit. */
export function useGrowing(): RefObject<HTMLTextAreaElement | null> {
  const area = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    if (!area.current) return;
    area.current.style.blockSize = 'auto';
    area.current.style.blockSize = `${area.current.scrollHeight}px`;
  });
  return area;
}

interface KeyPress {
  key: string;
  shiftKey: boolean;
  nativeEvent: { isComposing: boolean; keyCode: number };
}

/** Enter by itself, and not the one that ends an input method's composition (Safari reports that one only by key code 229). */
export function isSendKey({ key, shiftKey, nativeEvent }: KeyPress): boolean {
  return key === 'Enter' && !shiftKey && !nativeEvent.isComposing && nativeEvent.keyCode !== 229;
}
