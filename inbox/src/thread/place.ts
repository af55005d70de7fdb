/** As wide as the style sheet makes a history, and as high as one gets, in pixels. */
const width = 290;
const height = 160;
const margin = 8;

type Place = { left: number } & ({ top: number } | { bottom: number });

/** Where on the screen a box stands so that it is near a mark and whole: above it if there is room, never over the edge. */
export function placeNear(
  mark: { getBoundingClientRect(): { left: number; top: number; bottom: number } },
  screenWidth: number,
  screenHeight: number,
): Place {
  const { left, top, bottom } = mark.getBoundingClientRect();
  const inside = Math.max(margin, Math.min(left - width / 2, screenWidth - width - margin));
  return top > height ? { left: inside, bottom: screenHeight - top + 4 } : { left: inside, top: bottom + 4 };
}
