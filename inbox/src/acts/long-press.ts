import type { PointerEvent, SyntheticEvent } from 'react';

const HOLD_MS = 450;
const STILL_PX = 8;

export interface PressHandlers {
  onPointerDown: (event: PointerEvent) => void;
  onPointerMove: (event: PointerEvent) => void;
  onPointerUp: () => void;
  onPointerCancel: () => void;
  onContextMenu: (event: SyntheticEvent) => void;
}

/** Handlers that tell when a finger rests on something. The mouse keeps the browser's own menu. */
export function longPress(onPress: () => void): PressHandlers {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let start = { x: 0, y: 0 };
  let isTouch = false;
  const end = (): void => clearTimeout(timer);
  return {
    onPointerDown({ pointerType, clientX, clientY }) {
      end();
      isTouch = pointerType === 'touch';
      if (!isTouch) return;
      start = { x: clientX, y: clientY };
      timer = setTimeout(onPress, HOLD_MS);
    },
    onPointerMove({ clientX, clientY }) {
      if (Math.hypot(clientX - start.x, clientY - start.y) > STILL_PX) end();
    },
    onPointerUp: end,
    onPointerCancel: end,
    onContextMenu(event) {
      if (isTouch) event.preventDefault();
    },
  };
}
