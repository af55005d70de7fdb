import type { ConnectedAccount } from '../../domain/channel-account.ts';
import { standIn, type Graph, type GraphServer } from '../shared/meta-api.ts';
import type { Credentials } from './credentials.ts';
import { failures } from './errors.ts';
import { manifest } from './manifest.ts';

const hosts = { instagram: manifest.baseUrl, facebook: 'https://graph.facebook.com' };

/** Each login has a host of its own. */
export function serverOf(login: Credentials['login'], baseUrl: string): GraphServer {
  return { label: manifest.label, baseUrl: standIn(baseUrl) ?? hosts[login], failures };
}

/** Graph as the account itself asks it, or, where a login with Facebook gave the token, as the page it is linked to. */
export function graphOf({ baseUrl, externalId, credentials }: ConnectedAccount<Credentials>): Graph {
  const sender = credentials.login === 'facebook' ? credentials.page_id : externalId;
  return { ...serverOf(credentials.login, baseUrl), sender, token: credentials.access_token };
}
