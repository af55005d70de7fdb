/** Whether so many hours have passed since the customer last wrote, or they never did. */
export function isWindowClosed(hours: number, lastInboundAt: string | null | undefined, now: number): boolean {
  return !lastInboundAt || Date.parse(lastInboundAt) + hours * 3_600_000 <= now;
}
