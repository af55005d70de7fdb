import { useEffect, useRef, type RefObject } from 'react';

/** Calls `onNear` while the marker is within `margin` of the visible part; asked again whenever `version` changes. */
export function useNear(onNear: () => void, margin: string, version: unknown): RefObject<HTMLDivElement | null> {
  const marker = useRef<HTMLDivElement>(null);
  const latest = useRef(onNear);
  useEffect(() => {
    latest.current = onNear;
  });
  useEffect(() => {
    if (!marker.current) return;
    const root = marker.current.closest('[data-scroller]');
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) latest.current();
      },
      { root, rootMargin: margin },
    );
    observer.observe(marker.current);
    return () => observer.disconnect();
  }, [margin, version]);
  return marker;
}
