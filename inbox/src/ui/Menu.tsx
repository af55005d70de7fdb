import { useEffect, useLayoutEffect, useRef, type KeyboardEvent, type ReactNode, type RefObject } from 'react';
import { placeNear } from './place.ts';
import { Icon, type IconName } from './icons.tsx';

interface Props {
  label: string;
  /** what it stands by */
  anchor: HTMLElement;
  testId: string;
  /** `byKey`: the focus belongs back where it was */
  onClose: (byKey: boolean) => void;
  children: ReactNode;
}

/** A menu above the page. The arrow keys walk it; Escape, Tab, or doing anything elsewhere, closes it. */
export function Menu({ label, anchor, testId, onClose, children }: Props) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    box.current?.showPopover();
    if (box.current) itemsOf(box.current)[0]?.focus({ preventScroll: true });
  }, []);
  // What is in it may become more.
  useLayoutEffect(() => {
    if (box.current) putNear(box.current, anchor);
  });
  useElsewhere(box, anchor, () => onClose(false));

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>): void {
    const { key } = event;
    const items = itemsOf(event.currentTarget);
    const at = items.findIndex((item) => item === document.activeElement);
    const next = nextItem(key, at, items.length, getComputedStyle(event.currentTarget).direction === 'rtl');
    if (next === undefined && key !== 'Escape' && key !== 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    if (next === undefined) onClose(true);
    else items[next]?.focus();
  }

  return (
    <div
      ref={box}
      className="menu"
      role="menu"
      popover="manual"
      aria-label={label}
      onKeyDown={onKeyDown}
      data-testid={testId}
    >
      {children}
    </div>
  );
}

interface ItemProps {
  icon: IconName;
  words: string;
  testId: string;
  danger?: boolean;
  onSelect: () => void;
}

export function MenuItem({ icon, words, testId, danger = false, onSelect }: ItemProps) {
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      className={danger ? 'danger' : ''}
      onClick={onSelect}
      data-testid={testId}
    >
      <Icon name={icon} />
      {words}
    </button>
  );
}

function putNear(menu: HTMLElement, anchor: HTMLElement): void {
  const size = { width: menu.offsetWidth, height: menu.offsetHeight };
  for (const side of ['top', 'bottom']) menu.style.removeProperty(side);
  for (const [side, pixels] of Object.entries(placeNear(anchor, innerWidth, innerHeight, size)))
    menu.style.setProperty(side, `${pixels}px`);
}

function itemsOf(menu: HTMLElement): HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>('[role^="menuitem"]')];
}

/** Where a key leads from item `at` of `count`; undefined for any other key. */
function nextItem(key: string, at: number, count: number, fromRight: boolean): number | undefined {
  const [forth, back] = fromRight ? ['ArrowLeft', 'ArrowRight'] : ['ArrowRight', 'ArrowLeft'];
  if (key === 'ArrowDown' || key === forth) return (at + 1) % count;
  if (key === 'ArrowUp' || key === back) return (at - 1 + count) % count;
  if (key === 'Home') return 0;
  return key === 'End' ? count - 1 : undefined;
}

/** Told when something is pressed, rolled or resized outside the box and what it stands by. */
function useElsewhere(box: RefObject<HTMLElement | null>, anchor: HTMLElement, onElsewhere: () => void): void {
  useEffect(() => {
    const end = new AbortController();
    const isInside = ({ target }: Event): boolean =>
      target instanceof Node && [box.current, anchor].some((element) => element?.contains(target));
    const look = (event: Event): void => {
      if (!isInside(event)) onElsewhere();
    };
    for (const type of ['pointerdown', 'wheel', 'touchmove', 'resize', 'hashchange'])
      window.addEventListener(type, look, { capture: true, passive: true, signal: end.signal });
    return () => end.abort();
  });
}
