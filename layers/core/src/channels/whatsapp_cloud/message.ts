import * as v from 'valibot';
import type { Counterparty, Identity } from '../../domain/contact.ts';
import type { Direction } from '../../domain/message.ts';
import { phoneIdentity, whatsAppIdentity } from '../../domain/phone-number.ts';
import type { InboundEvent } from '../contract.ts';
import { compact, fieldsOf, readAs, reasonOf, textIn, type Reading } from '../shared/read.ts';
import { momentOf } from '../shared/time.ts';
import { bodyOf } from './body.ts';
import * as wire from './wire.ts';

/** The profiles that came with a message; `alone`: with this one only. */
export interface Around {
  profiles: unknown[];
  alone: boolean;
}

interface Sides {
  phone: string | undefined;
  user: string | undefined;
}

/** What one message means: itself, and what it tells besides, such as the advertisement it came through or a new number. */
export function readMessage(raw: unknown, direction: Direction, around: Around): Reading[] {
  const parsed = v.safeParse(wire.message, raw);
  if (!parsed.success) return [reasonOf(parsed.issues, 'message')];
  const message = parsed.output;
  const { from, from_user_id, to, to_user_id } = message;
  const sides = direction === 'INBOUND' ? { phone: from, user: from_user_id } : { phone: to, user: to_user_id };
  const profile = profileOf(around, sides);
  const counterparty = counterpartyOf(message, sides, profile);
  if (!counterparty) return ['message that names no customer'];
  if (message.type === 'edit' || message.type === 'revoke') return [readRevision(message, counterparty)];
  const body = bodyOf(message);
  if (!body) return [`message of type ${message.type.slice(0, 60)} with malformed content`];
  const said: InboundEvent = {
    kind: 'message',
    direction,
    providerMessageId: message.id,
    counterparty,
    body,
    ...compact({
      providerAt: momentOf(message.timestamp),
      author: authorOf(message, direction, profile),
      replyTo: message.context?.id,
    }),
  };
  return [...cameFrom(message, said), said, ...movesOf(message)];
}

/** The message edited or revoked says so or nothing from now on. Only of numbers that the phone's app serves too ("Coexistence"). */
function readRevision(message: wire.Message, counterparty: Counterparty): Reading {
  const original = textIn(fieldsOf(message[message.type])['original_message_id']);
  const edit = message.type === 'edit' ? readAs(wire.edit, message['edit']) : undefined;
  const body = edit ? bodyOf(edit.message) : null;
  if (original === undefined || body === undefined || (message.type === 'edit' && !edit))
    return `${message.type} with malformed content`;
  const providerAt = momentOf(message.timestamp);
  return { kind: 'revision', providerMessageId: original, counterparty, body, ...compact({ providerAt }) };
}

/** A line that says where the customer came from, or what they ask about, just before what they wrote. */
function cameFrom(message: wire.Message, said: Extract<InboundEvent, { kind: 'message' }>): InboundEvent[] {
  const text = originOf(message);
  if (text === undefined) return [];
  const { counterparty, direction, providerAt } = said;
  return [
    {
      kind: 'message',
      direction,
      providerMessageId: `${message.id}:referral`,
      counterparty,
      body: { type: 'system', event: 'referral', text },
      ...compact({ providerAt: providerAt === undefined ? undefined : providerAt - 1 }),
    },
  ];
}

/** An ad or a post that was tapped, or a product of the catalog from which the chat was opened ("Message business"). */
function originOf({ referral: raw, context }: wire.Message): string | undefined {
  const product = context?.referred_product?.product_retailer_id;
  if (product !== undefined) return `Asks about the product ${product}`;
  const referral = raw === undefined ? undefined : readAs(wire.referral, raw);
  if (!referral) return undefined;
  const { source_type, headline, source_url, source_id } = referral;
  const words = [headline ?? source_id, source_url].filter((each) => each !== undefined).join(' ');
  return `Came through the ${source_type === 'post' ? 'post' : 'ad'} ${words}`.trim();
}

/** After a change of number or id. Where both changed, the number moves, and the new id stands beside it in the counterparty. */
function movesOf(message: wire.Message): InboundEvent[] {
  const next = successorOf(message);
  const number = next?.phone ?? numberGiven(message);
  const [phone, user] = [phonesOf(message.from)[0], bsuidOf(message.from_user_id)[0]];
  const [from, to] = number ? [phone ?? user, number] : [user ?? phone, next?.user];
  const at = number && momentOf(message.timestamp);
  return from && to && from.value !== to.value ? [{ kind: 'identity', from, to, ...compact({ at }) }] : [];
}

/** The number of a customer who hides it, and gave it when asked ("Request contact information"); the copies of that page have `origin` in two places. */
function numberGiven(message: wire.Message): Identity | undefined {
  if (message.type !== 'contacts' || message.from) return undefined;
  const [card] = readAs(wire.contacts, message['contacts']) ?? [];
  const isOwn = (card?.origin ?? textIn(message['origin'])) === 'contact_request';
  return isOwn ? phonesOf(...(card?.phones ?? []).map(({ wa_id, phone }) => wa_id ?? phone))[0] : undefined;
}

/** The phone number comes first where there is one; customers with a username may have only their business-scoped id. */
function counterpartyOf(
  message: wire.Message,
  { phone, user }: Sides,
  profile: wire.Profile | undefined,
): Counterparty | undefined {
  if (message.group_id) return { identities: [{ kind: 'group', value: message.group_id }] };
  const next = successorOf(message);
  const [first, ...rest] = distinct([
    ...phonesOf(phone, profile?.wa_id),
    ...bsuidOf(user ?? profile?.user_id),
    ...[next?.phone, next?.user].filter((each) => each !== undefined),
    ...[profile?.wa_id ?? phone].flatMap((number) => whatsAppIdentity(number ?? '') ?? []),
  ]);
  return first && { identities: [first, ...rest], ...compact({ name: nameOf(profile) }) };
}

/** Who of a group wrote. */
function authorOf(message: wire.Message, direction: Direction, profile?: wire.Profile): string | undefined {
  if (!message.group_id || direction === 'OUTBOUND') return undefined;
  return nameOf(profile) ?? phonesOf(message.from)[0]?.value ?? message.from_user_id;
}

/** What a system message says the customer is called from now on. */
function successorOf(message: wire.Message): { phone?: Identity; user?: Identity } | undefined {
  const system = message.type === 'system' ? readAs(wire.system, message['system']) : undefined;
  if (!system) return undefined;
  return compact({ phone: phonesOf(system.wa_id ?? system.new_wa_id)[0], user: bsuidOf(system.user_id)[0] });
}

/**
 * The profile that names this customer. `wa_id` and `from` differ in some countries, so the only profile of a webhook
 * with one message is taken too; never otherwise, or customers could be mixed up.
 */
function profileOf({ profiles, alone }: Around, { phone, user }: Sides): wire.Profile | undefined {
  const read = profiles.map((raw) => readAs(wire.profile, raw)).filter((each) => each !== undefined);
  const match = read.find((each) => (phone && each.wa_id === phone) || (user && each.user_id === user));
  return match ?? (alone && read.length === 1 ? read[0] : undefined);
}

function nameOf(profile: wire.Profile | undefined): string | undefined {
  return profile?.profile?.name ?? profile?.profile?.username;
}

/** Numbers in a shape that is none are left out. */
export function phonesOf(...numbers: (string | undefined)[]): Identity[] {
  return numbers.flatMap((number) => phoneIdentity(number ?? '') ?? []);
}

/** A business-scoped user id. */
export function bsuidOf(user: string | undefined): Identity[] {
  return user ? [{ kind: 'bsuid', value: user }] : [];
}

function distinct(identities: Identity[]): Identity[] {
  return identities.filter(
    (each, index) => identities.findIndex((other) => other.kind === each.kind && other.value === each.value) === index,
  );
}
