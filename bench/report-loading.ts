import { deployedFunctions, stackPlan } from './functions.ts';
import { measureImports } from './imports.ts';
import { peerName } from './peer.ts';
import type { Peer } from './peer.ts';
import { measureSizes } from './sizes.ts';
import { rounded } from './statistics.ts';

const ROUNDS = 11;

/** 2. How much a function loads, and how long that takes. */
export async function reportLoading(peer: Peer | undefined): Promise<void> {
  await reportSizes(peer);
  const bundles = deployedFunctions(stackPlan());
  const peerBundle = peer && {
    name: peerName,
    settings: { codeDir: peer.folder, layerDirs: [] },
    environment: {},
  };
  const times = await measureImports([...bundles, ...(peerBundle ? [peerBundle] : [])], ROUNDS);
  const ofPeer = times.find(({ name }) => name === peerName);
  console.log(
    `   Import in a fresh process, milliseconds, of ${ROUNDS} runs in turns (budget of a webhook's ratio: 0.3)`,
  );
  console.table(
    times.map((time) => ({
      function: time.name,
      least: rounded(time.least),
      median: rounded(time.median),
      'processor (median)': rounded(time.cpu),
      ...(ofPeer ? { 'ratio of medians': rounded(time.median / ofPeer.median, 2) } : {}),
    })),
  );
}

async function reportSizes(peer: Peer | undefined): Promise<void> {
  const { webhooks, functions } = await measureSizes();
  console.log("\n2. Minified bytes that each channel's webhook function loads, beyond the runtime");
  console.table(
    webhooks.map(({ channel, common, channelCode, total, budget }) => ({
      channel,
      common,
      "the channel's": channelCode,
      total,
      budget,
    })),
  );
  console.log('   The other functions when they start, without the channel that some of them serve');
  console.table(
    functions
      .filter(({ name }) => name !== 'webhook')
      .map(({ name, start, lazy }) => ({
        function: name,
        start,
        'largest import()': Math.max(0, ...Object.values(lazy)),
      })),
  );
  if (peer) console.log(`   ${peerName}: ${peer.bytes} bytes`);
}
