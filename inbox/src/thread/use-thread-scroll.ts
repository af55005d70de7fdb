import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import type { ThreadBubble } from './days.ts';

type Box = RefObject<HTMLDivElement | null>;

interface ThreadScroll {
  /** messages that came in below what is on screen */
  fresh: number;
  away: boolean;
  onScroll: () => void;
  toBottom: () => void;
}

/** What was on top after the last layout, to find it again after older messages came in above. */
interface Anchor {
  firstKey: string | undefined;
  lastKey: string | undefined;
  top: number;
}

/** Closer to the end than this counts as being at the end. */
const nearBottom = 48;

/** Sticks to the end when at the end; otherwise keeps what is read where it is and counts what is new. */
export function useThreadScroll(box: Box, content: Box, bubbles: ThreadBubble[]): ThreadScroll {
  const stuck = useRef(true);
  const anchor = useRef<Anchor>({ firstKey: undefined, lastKey: undefined, top: 0 });
  const [fresh, setFresh] = useState(0);
  const [away, setAway] = useState(false);

  useLayoutEffect(() => {
    if (!box.current) return;
    const added = bubblesAfter(bubbles, anchor.current.lastKey);
    if (added.some(isOwnNew)) stuck.current = true;
    if (stuck.current) toEnd(box.current);
    else holdPosition(box.current, anchor.current);
    const incoming = stuck.current ? 0 : added.filter(isIncoming).length;
    if (incoming > 0) setFresh((count) => count + incoming);
    anchor.current = anchorOf(box.current, bubbles);
  }, [box, bubbles]);

  useEffect(() => {
    const observer = new ResizeObserver(() => {
      if (stuck.current && box.current) toEnd(box.current);
    });
    if (box.current) observer.observe(box.current);
    if (content.current) observer.observe(content.current);
    return () => observer.disconnect();
  }, [box, content]);

  return { fresh, away, onScroll, toBottom };

  function onScroll(): void {
    if (!box.current) return;
    stuck.current = box.current.scrollHeight - box.current.scrollTop - box.current.clientHeight < nearBottom;
    setAway(!stuck.current);
    if (stuck.current) setFresh(0);
  }

  function toBottom(): void {
    stuck.current = true;
    setFresh(0);
    if (box.current) toEnd(box.current);
  }
}

function toEnd(box: HTMLElement): void {
  box.scrollTop = box.scrollHeight;
}

function holdPosition(box: HTMLElement, anchor: Anchor): void {
  const element = elementOf(box, anchor.firstKey);
  if (element) box.scrollTop += element.offsetTop - anchor.top;
}

function anchorOf(box: HTMLElement, bubbles: ThreadBubble[]): Anchor {
  const firstKey = bubbles[0]?.key;
  return { firstKey, lastKey: bubbles.at(-1)?.key, top: elementOf(box, firstKey)?.offsetTop ?? 0 };
}

function elementOf(box: HTMLElement, key: string | undefined): HTMLElement | null {
  return key === undefined ? null : box.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
}

function bubblesAfter(bubbles: ThreadBubble[], key: string | undefined): ThreadBubble[] {
  const index = bubbles.findIndex((bubble) => bubble.key === key);
  return index < 0 ? [] : bubbles.slice(index + 1);
}

function isOwnNew(bubble: ThreadBubble): boolean {
  return bubble.row.id.startsWith('local:');
}

function isIncoming(bubble: ThreadBubble): boolean {
  return bubble.row.direction === 'INBOUND';
}
