import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { Graph } from '../shared/meta-api.ts';
import type { Credentials } from './credentials.ts';
import { failures } from './errors.ts';
import { manifest } from './manifest.ts';

/** Graph as the page asks it. */
export function graphOf({ baseUrl, externalId, credentials }: ConnectedAccount<Credentials>): Graph {
  return { label: manifest.label, baseUrl, sender: externalId, token: credentials.access_token, failures };
}
