import type { Channel } from './contract.ts';

/**
 * A channel's code, by the name of its folder, loaded when it is first asked for: a function that serves one channel does
 * not load the others. Throws when there is none, which is a wiring mistake: `channelNamed` reads names from outside.
 */
export async function loadChannel(name: string): Promise<Channel> {
  const { channel } = (await import(`./${name}/index.ts`)) as { channel: Channel };
  return channel;
}

/** What loads a channel's code. Flows are handed it, so that only functions that serve every channel have all of them. */
export type LoadChannel = typeof loadChannel;
