/** Two clocks that are kept right, ours and a provider's or the scheduler's, may differ by so much. */
export const CLOCK_TOLERANCE_MS = 1000;
