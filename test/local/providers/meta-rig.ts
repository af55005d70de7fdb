import { createHmac } from 'node:crypto';
import type { InstagramAccount, MessengerAccount } from '../../../local/src/providers/account.ts';
import { loadChannel } from '../../../layers/core/src/channels/registry.ts';
import type { Channel, InboundEvent, OAuthApp, Outgoing, Receipt } from '../../../layers/core/src/channels/contract.ts';
import type { Body } from '../../../layers/core/src/domain/body.ts';
import type { ConnectedAccount } from '../../../layers/core/src/domain/channel-account.ts';
import { accountOf } from '../../channels/cases/cases.ts';
import { readWebhooks } from './own-code.ts';
import { at, startRig, type Answered, type Received, type Rig } from './rig.ts';

type Account = MessengerAccount | InstagramAccount;

/** An account that does not know yet where its webhooks go. */
type Connected = Account extends infer One ? (One extends Account ? Omit<One, 'webhook_url'> : never) : never;

/** One account at its pretend provider, with what a test does to it. */
interface MetaRig extends Rig {
  /** `POST /{sender}/messages` as the account */
  send(body: object, headers?: Record<string, string>): Promise<Answered>;
  /** A text, media, … to mona, with the channel's own code. */
  sendBody(body: Body, more?: Partial<Outgoing>): Promise<Receipt>;
  /** the account as the channel's code gets it, and that code */
  account: ConnectedAccount;
  ours: Channel;
  /** The owner lets our app have the accounts of an organization: what comes back with the browser. */
  consents(redirectUrl: string): Promise<URLSearchParams>;
  app: OAuthApp;
  write(body: object, phone?: string): Promise<Answered>;
  /** Mona sends a file of such a type; its link. */
  writeFile(type: string): Promise<string>;
  /** what the phone of mona shows */
  thread(): Promise<unknown[]>;
  open(isOpen: boolean): Promise<void>;
  /** Our reading of every webhook that came; each is verified first. */
  events(): Promise<InboundEvent[]>;
}

const common = { organization: 'org_1', app_id: '1517776481860111', verify_token: 'verify-me' };

export const page = {
  ...common,
  channel: 'messenger',
  external_id: '104523456789012',
  name: 'Nile Coffee',
  access_token: 'EAAG-page-token',
  app_secret: 'meta-secret',
} as const;

export const professional = {
  ...common,
  channel: 'instagram',
  login: 'instagram',
  external_id: '17841405309211844',
  name: 'nile.coffee',
  access_token: 'IGAA-account-token',
  app_secret: 'instagram-secret',
} as const;

export const monaAt = { messenger: '7000000000000001', instagram: '8000000000000001' };

export async function startMetaRig(account: Connected, now?: () => number): Promise<MetaRig> {
  const rig = await startRig(now ? { now } : {});
  const { channel } = account;
  const ours = await loadChannel(channel);
  const app = appOf(account);
  rig.providers.register({ ...account, webhook_url: rig.cloud.webhook_url });
  const sender =
    account.channel === 'instagram' && account.login === 'facebook' ? account.page_id : account.external_id;
  const auth = { authorization: `Bearer ${account.access_token}` };
  const phones = `/${channel}/phones`;
  const write: MetaRig['write'] = (body, phone = 'mona') =>
    rig.call('POST', `${phones}/${phone}/messages`, { account: account.external_id, ...body });
  return {
    ...rig,
    send: (body, headers = auth) => rig.call('POST', `/${channel}/v26.0/${sender}/messages`, body, headers),
    sendBody: (body, more) => ours.send({ ...outgoing(channel, body), ...more }, connected(rig, account)),
    account: connected(rig, account),
    ours,
    app,
    consents: async (redirectUrl) => {
      const request = { redirectUrl, state: 'state-1', baseUrl: `${rig.url}/${channel}` };
      const url = (await ours.oauth?.())?.authorizeUrl(app, request) ?? '';
      const answer = await fetch(`${url}&as=${account.organization}`, { redirect: 'manual' });
      return new URL(answer.headers.get('location') ?? '').searchParams;
    },
    write,
    writeFile: async (type) => {
      await write({ body: { type } });
      const events = await eventsOf(rig.received, account);
      const links = events.map((event) => at(event, 'body.media.link'));
      return links.findLast((link) => typeof link === 'string') ?? '';
    },
    thread: async () =>
      (await rig.call('GET', `${phones}/mona/messages?account=${account.external_id}`)).body as unknown[],
    open: async (isOpen) => {
      await rig.call('PUT', `${phones}/mona/open`, { account: isOpen ? account.external_id : null });
    },
    events: () => eventsOf(rig.received, account),
  };
}

/** A login with Instagram has an id and a secret of its own. */
function appOf(account: Connected): OAuthApp {
  const { app_id: id, app_secret } = account;
  const isOwn = account.channel === 'instagram' && account.login === 'instagram';
  return { id, secrets: isOwn ? { instagram_app_id: id, instagram_app_secret: app_secret } : { app_secret } };
}

/** The one event of a webhook's one item. */
export function itemOf(received: Received | undefined): unknown {
  return at(received?.body, 'entry.0.messaging.0');
}

export function signatureOf(secret: string, raw: string): string {
  return `sha256=${createHmac('sha256', secret).update(raw).digest('hex')}`;
}

/** [code, subcode] of a refusal. */
export function codesOf({ body }: Answered): unknown[] {
  return [at(body, 'error.code'), at(body, 'error.error_subcode')];
}

function outgoing(channel: Account['channel'], body: Body) {
  const kind = channel === 'messenger' ? 'psid' : 'igsid';
  return {
    reference: 'ref-1',
    to: { identities: [{ kind, value: monaAt[channel] }] as [{ kind: typeof kind; value: string }] },
    body,
  };
}

function connected(rig: Rig, account: Connected): ConnectedAccount {
  const { channel, external_id: externalId, access_token } = account;
  const login = account.channel === 'instagram' ? account : undefined;
  return accountOf({ externalId, credentials: { access_token, ...login } }, `${rig.url}/${channel}`, channel);
}

async function eventsOf(
  received: Received[],
  account: Pick<Account, 'channel' | 'app_secret'>,
): Promise<InboundEvent[]> {
  const { app_secret } = account;
  const read = await readWebhooks(await loadChannel(account.channel), received, { app_secret });
  return read.map(({ event }) => event);
}
