/**
 * Milliseconds of the processor that a piece of work takes. What else the machine does changes them little, so a bound on them finds what hangs or grows
 * with the square of its input, however busy the machine is. Whether time grows in proportion is measured by bench/linear.ts.
 */
export function processorMs(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  return since(before);
}

/** The same of work that is waited for. */
export async function processorMsOf(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  return since(before);
}

function since(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
