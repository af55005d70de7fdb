import type { Channel, Element, InboundEvent, Signer, WebhookRequest } from '../channels/contract.ts';
import { isMedia } from '../domain/body.ts';
import type { ChannelAccount, ConnectedAccount } from '../domain/channel-account.ts';
import type { Identity } from '../domain/contact.ts';
import { identityKey } from '../domain/contact.ts';
import { contactIdOf, conversationIdOf, newMessageId, receivedMessageId } from '../domain/id.ts';
import type { ConversationId } from '../domain/id.ts';
import type { Message } from '../domain/message.ts';
import { appsOf, connectedAccount, routeOf } from '../store/channel-accounts.ts';
import { resolveAlias } from '../store/contacts.ts';
import { findRecent, storeMessage, storeMessageOnce } from '../store/messages.ts';
import { quarantine } from '../store/quarantine.ts';
import { receiveEcho } from './receive-echo.ts';
import { receiveStatus } from './receive-status.ts';
import { inParallel } from './parallel.ts';

export type Received = { outcome: 'received'; applied: number; quarantined: number } | { outcome: 'not_signed' };

/** Who signed a webhook, and, where an account signs for itself, which one. */
interface Verified {
  signer: Signer;
  account?: ConnectedAccount;
}

/**
 * Takes one webhook: verifies the raw bytes, then reads them, then stores each element on its own. Whatever can't be used is quarantined,
 * so a verified webhook is lost in no case; what is not signed leaves no trace.
 */
export async function receive(channel: Channel, request: WebhookRequest, accountId?: string): Promise<Received> {
  const verified = await verify(channel, request, accountId);
  if (!verified) return { outcome: 'not_signed' };
  const elements = await read(channel, request);
  const outcomes = await inParallel(elements, (element) => take(channel, element, verified));
  const applied = outcomes.filter((outcome) => outcome === 'applied').length;
  return { outcome: 'received', applied, quarantined: outcomes.length - applied };
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

async function read(channel: Channel, request: WebhookRequest): Promise<Element[]> {
  try {
    return await channel.normalise(
      channel.parse ? channel.parse(request) : JSON.parse(new TextDecoder().decode(request.body)),
    );
  } catch {
    return [{ ok: false, reason: 'the body could not be read', raw: Buffer.from(request.body).toString('base64') }];
  }
}

async function take(channel: Channel, element: Element, verified: Verified): Promise<'applied' | 'quarantined'> {
  const account = await accountFor(channel, element, verified);
  if (!account) return setAside(channel, element, element.ok ? 'no account of the signer has this id' : element.reason);
  if (!element.ok) return setAside(channel, element, element.reason, account);
  await apply(channel, element.event, account);
  return 'applied';
}

/** Only an account of whoever signed: another tenant's signature must not write into this one's inbox. */
async function accountFor(
  channel: Channel,
  element: Element,
  { signer, account }: Verified,
): Promise<ConnectedAccount | undefined> {
  if (account)
    return element.externalId === undefined || element.externalId === account.externalId ? account : undefined;
  if (element.externalId === undefined) return undefined;
  const named = await accountNamed(channel, `address:${element.externalId}`);
  return named?.appId === signer.id ? named : undefined;
}

async function setAside(
  channel: Channel,
  element: Element,
  reason: string,
  account?: ChannelAccount,
): Promise<'quarantined'> {
  const raw = JSON.stringify(element.ok ? element.event : element.raw) ?? '';
  await quarantine({
    channel: channel.manifest.name,
    reason,
    raw,
    ...(account ? { organizationId: account.organizationId, accountId: account.id } : {}),
  });
  return 'quarantined';
}

async function apply(channel: Channel, event: InboundEvent, account: ChannelAccount): Promise<void> {
  switch (event.kind) {
    case 'message':
      await receiveMessage(channel, event, account);
      return;
    case 'status':
      await receiveStatus(event, account);
      return;
    case 'watermark':
      // few channels tell of watermarks, so the others do not load what handles them
      await (await import('./receive-watermark.ts')).receiveWatermark(event, account);
      return;
    case 'ignored':
      return;
  }
}

async function receiveMessage(
  channel: Channel,
  event: Extract<InboundEvent, { kind: 'message' }>,
  account: ChannelAccount,
): Promise<void> {
  const message = await toMessage(channel, event, account);
  if (message.direction === 'OUTBOUND') await receiveEcho(message, event.reference, dueOf(message));
  else if (event.providerAt === undefined) await storeMessageOnce(message, dueOf(message));
  else await storeMessage(message, dueOf(message));
}

async function toMessage(
  channel: Channel,
  event: Extract<InboundEvent, { kind: 'message' }>,
  account: ChannelAccount,
): Promise<Message & { providerMessageId: string }> {
  const key = identityKey(await firstIdentity(channel, event.counterparty.identities, account));
  const conversationId = conversationIdOf(account.id, key);
  const now = Date.now();
  const replyTo =
    event.replyTo === undefined ? undefined : await messageRepliedTo(account, conversationId, event.replyTo);
  return {
    id:
      event.providerAt === undefined
        ? newMessageId(conversationId)
        : receivedMessageId(conversationId, event.providerAt, event.providerMessageId),
    organizationId: account.organizationId,
    conversationId,
    contactId: contactIdOf(account.organizationId, key),
    channel: account.channel,
    channelAccountId: account.id,
    direction: event.direction,
    counterparty: event.counterparty,
    body: event.body,
    attempt: 1,
    // A message that reached us has, by that, been delivered to the business.
    progress:
      event.direction === 'INBOUND'
        ? { delivered: mark(now, event.providerAt) }
        : { sent: mark(now, event.providerAt) },
    providerMessageId: event.providerMessageId,
    storedAt: now,
    updatedAt: now,
    ...(replyTo ? { replyToId: replyTo.id } : {}),
  };
}

/** A person whose phone number a provider has begun to hide is known by the number's ids still, through the alias kept when both were seen. */
async function firstIdentity(
  channel: Channel,
  [first]: [Identity, ...Identity[]],
  account: ChannelAccount,
): Promise<Identity> {
  if (first.kind === channel.manifest.address || first.kind === 'group') return first;
  return (await resolveAlias(account.organizationId, first)) ?? first;
}

async function messageRepliedTo(
  account: ChannelAccount,
  conversation: ConversationId,
  providerMessageId: string,
): Promise<Message | undefined> {
  const [found] = await findRecent(account.organizationId, conversation, { providerMessageId });
  return found;
}

function mark(at: number, providerAt: number | undefined) {
  return providerAt === undefined ? { at } : { at, providerAt };
}

function dueOf(message: Message): 'media' | undefined {
  return isMedia(message.body) && message.body.media.status === 'pending' ? 'media' : undefined;
}
