import type { Outgoing, Signer, WebhookRequest } from '@parley/core/channels/contract.ts';
import type { Body } from '@parley/core/domain/body.ts';
import type { ConnectedAccount } from '@parley/core/domain/channel-account.ts';
import type { Counterparty } from '@parley/core/domain/contact.ts';
import type { ChannelAccountId, OrganizationId } from '@parley/core/domain/id.ts';
import { buttons, choices } from './bodies.ts';
import type { Captured, Reply } from '../provider.ts';

/** A webhook and whether the signer's secrets made it. */
export interface SignatureCase {
  name: string;
  request: WebhookRequest;
  signer: Signer;
  genuine: boolean;
}

/** A body and the exact request it becomes. `headers`: those that must be there. */
export interface SendCase {
  name: string;
  body: Body;
  to?: Counterparty;
  replyTo?: string;
  options?: Record<string, unknown>;
  forwardOf?: NonNullable<Outgoing['forwardOf']>;
  credentials?: unknown;
  request: { method: string; path: string; headers?: Record<string, string>; body: unknown };
  /** where it is taken in other words than the channel's usual ones */
  taken?: Taken;
}

/** What the provider answers to a send it takes, and the id in it. */
export interface Taken {
  answer: Reply;
  providerMessageId: string;
}

/** A body at its limit, and one just beyond, whose refusal must match `problem`. */
export interface LimitCase {
  name: string;
  fits: Body;
  breaks: Body;
  /** beside the body that breaks, or that breaks by them */
  options?: Record<string, unknown>;
  problem: RegExp;
}

/** An address a caller may write, and the identity it becomes. */
export type RecipientCase = [text: string, identity: string | undefined];

/** What the contract suite needs to know of one channel. */
export interface ChannelCases {
  externalId: string;
  credentials: unknown;
  names: string[];
  /** sends by SMTP, so that its sends are tested by themselves */
  overSmtp?: true;
  to: Counterparty;
  /** a recipient brings what the credentials have to fit, so that a refusal of them says nothing of the account's */
  keysOfRecipient?: true;
  /** what the provider reads in a body that is not JSON */
  opened?: (request: Captured) => unknown;
  signatures: SignatureCase[];
  hints: { request: WebhookRequest; hints: string[] }[];
  sends: SendCase[];
  taken: Taken;
  limits: LimitCase[];
  /** bodies the channel has no way to send */
  impossible: Body[];
  recipients: RecipientCase[];
}

export const REFERENCE = 'ref-1';

export function webhook(body: string | Uint8Array, headers: Record<string, string> = {}, query = ''): WebhookRequest {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  return { method: 'POST', headers, query: new URLSearchParams(query), body: bytes };
}

export function accountOf(
  cases: Pick<ChannelCases, 'externalId' | 'credentials'>,
  baseUrl: string,
  channel: ConnectedAccount['channel'] = 'telegram',
): ConnectedAccount {
  return {
    id: 'acc_1' as ChannelAccountId,
    organizationId: 'org_1' as OrganizationId,
    channel,
    name: 'Test',
    externalId: cases.externalId,
    status: 'Active',
    baseUrl,
    createdAt: 0,
    updatedAt: 0,
    credentials: cases.credentials,
  };
}

export function link(url: string, more: object = {}): { status: 'ready'; link: string } {
  return { status: 'ready', link: url, ...more };
}

/** One case per way of filling a text limit: Latin, Arabic and emoji, each with the units one sign takes. */
export function textLimits(
  what: string,
  max: number,
  unitsPerEmoji: number,
  make: (text: string) => Body,
  problem: RegExp,
): LimitCase[] {
  const signs = [
    { script: 'Latin', sign: 'a', units: 1 },
    { script: 'Arabic', sign: 'ش', units: 1 },
    { script: 'emoji', sign: '👍', units: unitsPerEmoji },
  ];
  return signs.map(({ script, sign, units }) => ({
    name: `${what} in ${script}`,
    fits: make(sign.repeat(Math.floor(max / units))),
    breaks: make(sign.repeat(Math.floor(max / units) + 1)),
    problem,
  }));
}

/** Any other limit of a text, in ASCII. */
export function asciiLimit(name: string, max: number, make: (text: string) => Body, problem: RegExp): LimitCase {
  return { name, fits: make('x'.repeat(max)), breaks: make('x'.repeat(max + 1)), problem };
}

/** No two buttons have the same. */
export function ownButtons(member: 'id' | 'title'): LimitCase {
  const twins = ['A', 'B'].map((title) => ({ id: title, title, [member]: 'A' }));
  return { name: `button ${member}s`, fits: buttons(choices(2)), breaks: buttons(twins), problem: /repeats/ };
}

/** A file that a provider is to fetch has a link, which leads into the web. */
export function linkLimits(file: string): LimitCase[] {
  const fits: Body = { type: 'image', media: link(file) };
  return [
    {
      name: 'a link to the file',
      fits,
      breaks: { type: 'image', media: { status: 'ready' } },
      problem: /media_url is needed/,
    },
    {
      name: 'a web link',
      fits,
      breaks: { type: 'image', media: link('file:///etc/passwd') },
      problem: /media_url must be an http/,
    },
  ];
}

/** A kind of file that goes without words. */
export function noCaption(type: 'image' | 'audio', file: string): LimitCase {
  return {
    name: `${type} without a caption`,
    fits: { type, media: link(file) },
    breaks: { type, media: link(file), text: 'hi' },
    problem: new RegExp(`can't go with ${type}`),
  };
}
