/** How large a box is, in pixels. */
interface Size {
  width: number;
  height: number;
}

/** As wide as the style sheet makes a history, and as high as one gets. */
const history: Size = { width: 290, height: 160 };
const margin = 8;

type Place = { left: number } & ({ top: number } | { bottom: number });

/** Where on the screen a box stands so that it is near a mark and whole: above it if there is room, never over the edge. */
export function placeNear(
  mark: { getBoundingClientRect(): { left: number; top: number; bottom: number } },
  screenWidth: number,
  screenHeight: number,
  { width, height }: Size = history,
): Place {
  const { left, top, bottom } = mark.getBoundingClientRect();
  const inside = Math.max(margin, Math.min(left - width / 2, screenWidth - width - margin));
  if (top > height) return { left: inside, bottom: screenHeight - top + 4 };
  return { left: inside, top: Math.max(margin, Math.min(bottom + 4, screenHeight - height - margin)) };
}
