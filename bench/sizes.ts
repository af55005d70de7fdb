import { channelSizes, functionSizes } from '../build-sizes.ts';
import type { FunctionSize } from '../build-sizes.ts';
import { manifests } from '@parley/core/channels/manifests.ts';

/** Minified bytes that a channel's webhook function loads beyond the runtime. */
export interface WebhookSize {
  channel: string;
  /** what every webhook function loads */
  common: number;
  /** the channel's code */
  channelCode: number;
  total: number;
  budget: number;
}

const BUDGET = 60_000;

/** Sizes of the last build: each channel's webhook function, and every function without what it loads when asked. */
export async function measureSizes(): Promise<{ webhooks: WebhookSize[]; functions: FunctionSize[] }> {
  const [functions, channels] = await Promise.all([functionSizes(), channelSizes()]);
  const common = functions.find(({ name }) => name === 'webhook')?.start;
  if (common === undefined) throw new Error('the build has no webhook function');
  const webhooks = manifests
    .filter(({ inbound }) => inbound)
    .map(({ name: channel }) => {
      const channelCode = channels[channel];
      if (channelCode === undefined) throw new Error(`the layer does not hold ${channel}`);
      return { channel, common, channelCode, total: common + channelCode, budget: BUDGET };
    });
  return { webhooks, functions };
}
