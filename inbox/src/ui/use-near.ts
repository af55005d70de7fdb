import { useEffect, useRef, type RefObject } from 'react';

/** Calls `onNear` while the marker is within `margin` of the visible part; looked at again after every render, so a page that brought little asks on. */
export function useNear(onNear: () => void, margin: string): RefObject<HTMLDivElement | null> {
  const marker = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!marker.current) return;
    const root = marker.current.closest('[data-scroller]');
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) onNear();
      },
      { root, rootMargin: margin },
    );
    observer.observe(marker.current);
    return () => observer.disconnect();
  });
  return marker;
}
