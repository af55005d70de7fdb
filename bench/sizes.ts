import { functionSizes } from '../build.ts';
import type { FunctionSize } from '../build.ts';
import { manifests } from '@parley/core/channels/manifests.ts';

/** Minified bytes that a channel's webhook function loads beyond the runtime. */
export interface WebhookSize {
  channel: string;
  own: number;
  shared: number;
  /** the channel's code */
  channelCode: number;
  total: number;
  budget: number;
}

const BUDGET = 60_000;

/** Sizes of the last build: each channel's webhook function, and every function without what it loads when asked. */
export async function measureSizes(): Promise<{ webhooks: WebhookSize[]; functions: FunctionSize[] }> {
  const functions = await functionSizes();
  const webhook = functions.find(({ name }) => name === 'webhook');
  if (!webhook) throw new Error('the build has no webhook function');
  const channels = manifests.filter(({ inbound }) => inbound).map(({ name }) => name);
  return { webhooks: channels.map((channel) => webhookSize(webhook, channel)), functions };
}

function webhookSize({ own, shared, lazy }: FunctionSize, channel: string): WebhookSize {
  const part = Object.entries(lazy).find(([file]) => new RegExp(`(^|/)${channel}[-/.]`).test(file));
  if (!part) throw new Error(`the webhook function does not load ${channel}`);
  const channelCode = part[1];
  return { channel, own, shared, channelCode, total: own + shared + channelCode, budget: BUDGET };
}
