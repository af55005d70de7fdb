import type { ChannelName } from '../domain/channel.ts';
import * as all from './all.ts';
import type { Manifest } from './contract.ts';

/** Every channel there is, as data. Beside the registry, so that a function that serves one channel does not load them all. */
export const manifests: Manifest[] = Object.values(all);

/** `whatsapp-lite`, `whatsapp_lite` and, by its alias, the older system's `whatsapp` are one channel. */
export function channelNamed(text: string): ChannelName | undefined {
  const name = text.toLowerCase().replaceAll('-', '_');
  return manifests.find((manifest) => manifest.name === name || manifest.aliases?.includes(name))?.name;
}

/** Throws when there is no such channel: stored data names only those there are. */
export function manifestOf(name: ChannelName): Manifest {
  const found = manifests.find((manifest) => manifest.name === name);
  if (!found) throw new Error(`No channel is called '${name}'`);
  return found;
}

/** Whether agents see conversations of this channel. */
export function isInInbox(name: ChannelName): boolean {
  return manifestOf(name).inbox;
}
