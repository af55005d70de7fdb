import type { Channel, Element, InboundEvent, Signer, WebhookRequest } from '../../channels/contract.ts';
import type { ChannelAccount, ConnectedAccount } from '../../domain/channel-account.ts';
import { appsOf, connectedAccount, routeOf } from '../../store/channel-accounts.ts';
import { receiveMessage } from './message.ts';
import { receiveStatus } from './status.ts';
import { inParallel } from '../parallel.ts';

export type Received =
  /** `answer`: what the provider wants to read in the webhook's answer, where it wants something */
  | { outcome: 'received'; applied: number; quarantined: number; answer?: Record<string, unknown> }
  | { outcome: 'not_signed' };

/** Who signed a webhook, and, where an account signs for itself, which one. */
export interface Verified {
  signer: Signer;
  account?: ConnectedAccount;
}

/** Why an element can't be used, and whose it is, where that is known. */
export interface Aside {
  reason: string;
  account?: ChannelAccount;
}

/**
 * Takes one webhook: verifies the raw bytes, then reads them, then stores each element on its own. Whatever can't be used is quarantined,
 * so a verified webhook is lost in no case; what is not signed leaves no trace.
 */
export async function receive(channel: Channel, request: WebhookRequest, accountId?: string): Promise<Received> {
  const verified = await verify(channel, request, accountId);
  if (!verified) return { outcome: 'not_signed' };
  const elements = await read(channel, request);
  const taken = await inParallel(elements, (element) => take(channel, element, verified));
  const quarantined = taken.filter((outcome) => outcome !== 'applied').length;
  if (quarantined > 0) await (await import('./set-aside.ts')).setAside(channel, request, { verified, elements, taken });
  const answer = elements.find((element) => element.ok && element.answer !== undefined);
  return {
    outcome: 'received',
    applied: elements.length - quarantined,
    quarantined,
    ...(answer?.ok && answer.answer ? { answer: answer.answer } : {}),
  };
}

/** The text a provider wants back when it checks the webhook's address; undefined when the check is not for us. */
export async function handshake(
  channel: Channel,
  request: WebhookRequest,
  accountId?: string,
): Promise<string | undefined> {
  const candidates = await signersOf(channel, request, accountId);
  return candidates.map(({ signer }) => channel.handshake?.(request, signer)).find((text) => text !== undefined);
}

async function verify(channel: Channel, request: WebhookRequest, accountId?: string): Promise<Verified | undefined> {
  const candidates = await signersOf(channel, request, accountId);
  return candidates.find(({ signer }) => channel.verify(request, signer));
}

async function signersOf(channel: Channel, request: WebhookRequest, accountId?: string): Promise<Verified[]> {
  const { name, signedBy } = channel.manifest;
  const names = accountId === undefined ? [] : [`account:${accountId}`];
  if (signedBy === 'account') {
    const accounts = await Promise.all(
      (accountId === undefined ? channel.hints(request) : names).map((hint) => accountNamed(channel, hint)),
    );
    return accounts.flatMap((account) => (account ? [{ signer: signerOf(account), account }] : []));
  }
  const apps = await appsOf(name);
  const account = accountId === undefined ? undefined : await accountNamed(channel, `account:${accountId}`);
  const own = accountId === undefined ? apps : apps.filter((app) => app.id === account?.appId);
  return own.map((app) => ({ signer: app }));
}

async function accountNamed(channel: Channel, hint: string): Promise<ConnectedAccount | undefined> {
  const route = await routeOf(channel.manifest.name, hint);
  return route && connectedAccount(route.organizationId, route.accountId);
}

function signerOf(account: ConnectedAccount): Signer {
  return { id: account.id, secrets: [account.credentials as Record<string, string>] };
}

const utf8 = new TextDecoder();

/** What a webhook says, element by element. */
export async function read(channel: Channel, request: WebhookRequest): Promise<Element[]> {
  try {
    return await channel.normalise(channel.parse ? channel.parse(request) : JSON.parse(utf8.decode(request.body)));
  } catch {
    return [{ ok: false, reason: 'the body could not be read', raw: Buffer.from(request.body).toString('base64') }];
  }
}

/** Does what one element asks for, if it is of an account of whoever signed it. */
export async function take(channel: Channel, element: Element, verified: Verified): Promise<'applied' | Aside> {
  const account = await accountFor(channel, element, verified);
  if (!account) return { reason: element.ok ? 'no account of the signer has this id' : element.reason };
  if (!element.ok) return { reason: element.reason, account };
  if (await applyToAll(channel, element, account)) return 'applied';
  return { reason: 'the upload that it names is not there, or too large', account };
}

/** What names no single account, but several together, is news to each of them. */
async function applyToAll(
  channel: Channel,
  { event, externalId }: Extract<Element, { ok: true }>,
  account: ConnectedAccount,
): Promise<boolean> {
  if (externalId !== undefined && !isCalled(channel, account, externalId)) {
    const { namedTogether } = await import('./together.ts');
    for (const other of await namedTogether(channel, account, externalId)) await apply(channel, event, other);
  }
  return apply(channel, event, account);
}

/** Only an account of whoever signed: another tenant's signature must not write into this one's inbox. */
async function accountFor(
  channel: Channel,
  element: Element,
  { signer, account }: Verified,
): Promise<ConnectedAccount | undefined> {
  const { externalId } = element;
  if (account) return externalId === undefined || isCalled(channel, account, externalId) ? account : undefined;
  if (externalId === undefined) return undefined;
  const named =
    (await accountNamed(channel, `address:${externalId}`)) ?? (await accountNamed(channel, `group:${externalId}`));
  return named?.appId === signer.id ? named : undefined;
}

/** By its id, or by what its owner's spelling of that comes to. */
function isCalled(channel: Channel, account: ConnectedAccount, externalId: string): boolean {
  return account.externalId === externalId || channel.names(account).includes(`address:${externalId}`);
}

/** Does what one event asks for. Doing it again does nothing new. False when what it names is not there. */
export async function apply(channel: Channel, event: InboundEvent, account: ChannelAccount): Promise<boolean> {
  switch (event.kind) {
    case 'message':
      await receiveMessage(channel, event, account);
      return true;
    case 'status':
      await receiveStatus(event, account);
      return true;
    case 'watermark':
      // few channels tell of watermarks, so the others do not load what handles them
      await (await import('./watermark.ts')).receiveWatermark(event, account);
      return true;
    case 'mail':
      return (await import('../mail/keep.ts')).keepMail(event, account);
    case 'ignored':
      return true;
    default:
      // seldom, each of them: loaded when one comes
      await (await import('./news.ts')).receiveNews(channel, event, account);
      return true;
  }
}
