import { startCloudProcess } from './cloud-process.ts';
import { measureLatencies } from './latency.ts';
import { measureStarts } from './starts.ts';
import { percentile, rounded } from './statistics.ts';
import { measureThroughput } from './throughput.ts';
import type { Throughput } from './throughput.ts';

const MESSAGES = 200;
const LOAD = { seconds: 10, parallel: 16 };

/** 4. The one-machine cloud as a client sees it. The clients run on the same machine. */
export async function reportEndToEnd(folder: string): Promise<void> {
  const starts = await measureStarts(folder);
  const cloud = await startCloudProcess(folder);
  try {
    const latencies = await measureLatencies(cloud.access, MESSAGES);
    const throughput = await measureThroughput(cloud.access, LOAD);
    console.log(`\n4. End to end on one machine, milliseconds: ${MESSAGES} messages, one after the other`);
    console.table([
      row('webhook posted -> answered', latencies.webhookAnswered),
      row('webhook posted -> message on the socket', latencies.webhookHeard),
      row('send posted -> answered', latencies.sendAnswered),
      row('send posted -> SENT on the socket', latencies.sendSent),
    ]);
    printThroughput(throughput);
    console.log(`   Start: ${seconds(starts.cold)} s with nothing built, ${seconds(starts.warm)} s when it is`);
  } finally {
    await cloud.close();
  }
}

function printThroughput({ accepted, refused, seconds, projectedAfter, answered }: Throughput): void {
  const perSecond = (time: number) => rounded(accepted / time, 0);
  console.log(
    `   Webhooks, ${LOAD.parallel} at a time for ${rounded(seconds)} s: ${accepted} accepted, ${refused} not`,
  );
  console.log(
    `   ${perSecond(seconds)} accepted per second; ${perSecond(projectedAfter)} per second until all were heard on the socket`,
  );
  console.log(
    `   Answered in ${rounded(percentile(answered, 0.5))} ms (p50), ${rounded(percentile(answered, 0.95))} ms (p95)`,
  );
}

function row(what: string, times: number[]) {
  return { what, p50: rounded(percentile(times, 0.5)), p95: rounded(percentile(times, 0.95)) };
}

function seconds(ms: number): number {
  return rounded(ms / 1000);
}
