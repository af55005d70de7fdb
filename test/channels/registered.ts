import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Channel } from '@parley/core/channels/contract.ts';
import { manifests } from '@parley/core/channels/manifests.ts';
import { loadChannel } from '@parley/core/channels/registry.ts';
import type { ChannelCases } from './cases/cases.ts';

/** A channel of the registry with its folder and its cases; a channel without cases can't be tested, and fails. */
export interface Registered {
  name: string;
  folder: string;
  channel: Channel;
  cases: ChannelCases;
}

export const registered: Registered[] = await Promise.all(
  manifests.map(async ({ name }) => {
    const { cases } = (await import(`./cases/${name}/index.ts`)) as { cases: ChannelCases };
    const folder = fileURLToPath(new URL(`../../layers/core/src/channels/${name}/`, import.meta.url));
    return { name, folder, channel: await loadChannel(name), cases };
  }),
);

export function fixturesOf({ folder }: Registered): string[] {
  return readdirSync(`${folder}fixtures`).toSorted();
}

export function fixture({ folder }: Registered, file: string): unknown {
  return readJson(`${folder}fixtures/${file}`);
}

export function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** As JSON has it: without undefined members. */
export function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
