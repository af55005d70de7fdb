import { measureCpu } from './cpu.ts';
import type { CpuMeasurement } from './cpu.ts';
import type { Peer } from './peer.ts';
import { median, minimum, rounded } from './statistics.ts';

const ROUNDS = 15;
const PER_ROUND = 300;

/** 3. The processor time of a webhook. */
export async function reportCpu(peer: Peer | undefined): Promise<void> {
  const measured = await measureCpu(peer, { rounds: ROUNDS, perRound: PER_ROUND });
  const ofPeer = measured.find(({ whose }) => whose === 'peer');
  console.log(
    `\n3. CPU of one WhatsApp webhook, microseconds, ${ROUNDS} rounds of ${PER_ROUND} in turns (budget of the ratio: 0.4)`,
  );
  console.table(measured.map((one) => ({ ...row(one), ...(ofPeer && ratios(one, ofPeer)) })));
}

function row(measured: CpuMeasurement) {
  const cpu = cpuOf(measured);
  return { handler: measured.handler, least: rounded(minimum(cpu), 0), median: rounded(median(cpu), 0) };
}

/** A round's ratio compares what ran at nearly the same moment. */
function ratios(one: CpuMeasurement, other: CpuMeasurement) {
  const rounds = one.spent.map(({ cpu }, round) => cpu / (other.spent[round]?.cpu ?? Number.NaN));
  return {
    'ratio of the least': rounded(minimum(cpuOf(one)) / minimum(cpuOf(other)), 2),
    "median of the rounds' ratios": rounded(median(rounds), 2),
  };
}

function cpuOf({ spent }: CpuMeasurement): number[] {
  return spent.map(({ cpu }) => cpu);
}
