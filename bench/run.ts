import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeProduct } from '@parley/local/product.ts';
import { bundlePeer } from './peer.ts';
import { reportCosts } from './report-costs.ts';
import { reportCpu } from './report-cpu.ts';
import { reportEndToEnd } from './report-end-to-end.ts';
import { reportLinear } from './report-linear.ts';
import { reportLoading } from './report-loading.ts';

// `npm run bench`: everything is measured in this one run, about three minutes.
const folder = await mkdtemp(join(tmpdir(), 'parley-bench-'));
try {
  await makeProduct();
  const peer = await bundlePeer(join(folder, 'peer'));
  if (!peer) console.log('The peers are not installed, so the comparisons are left out: npm ci --prefix bench');
  await reportCosts(join(folder, 'costs'));
  await reportLoading(peer);
  await reportCpu(peer);
  await reportEndToEnd(join(folder, 'cloud'));
  reportLinear();
} finally {
  await rm(folder, { recursive: true, force: true });
}
