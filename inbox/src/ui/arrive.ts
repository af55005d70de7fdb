/**
 * The ref of a heading that takes the focus when it is there anew and what had the focus is out of sight, as the list is on a narrow screen:
 * who hears the page goes on from there.
 */
export function arrive(heading: HTMLElement | null): void {
  const before = document.activeElement;
  if (before === null || before === document.body || before.getClientRects().length === 0)
    heading?.focus({ preventScroll: true });
}
