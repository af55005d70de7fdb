import { phoneNumber } from '../../domain/phone-number.ts';
import type { Body } from '../../domain/body.ts';
import { compact, fieldsOf, readAs, textIn } from '../shared/read.ts';
import { contactOf } from '../shared/vcard.ts';
import type { Content } from './body.ts';
import { flatten } from './rich-message.ts';
import { serviceOf } from './service.ts';
import * as wire from './rare-wire.ts';

const readers: [member: string, read: (content: Content) => Body | undefined][] = [
  ['rich_message', readRich],
  ['contact', readContact],
  ['poll', named('poll', ({ poll }) => listOf(readAs(wire.poll, poll)?.question, readAs(wire.poll, poll)?.options))],
  ['dice', named('dice', ({ dice }) => rolled(dice))],
  ['checklist', named('checklist', ({ checklist }) => tasksOf(checklist))],
  ['game', named('game', ({ game }) => textIn(fieldsOf(game)['title']))],
  ['invoice', named('invoice', ({ invoice }) => textIn(fieldsOf(invoice)['title']))],
  ['story', named('story')],
  ['paid_media', named('paid_media')],
  ['giveaway', named('giveaway')],
  ['giveaway_winners', named('giveaway_winners')],
];

/** What is seldom sent: undefined when the member that says what it is can't be read. */
export function rareBodyOf(content: Content): Body | undefined {
  const found = readers.find(([member]) => content[member] !== undefined);
  return found ? found[1](content) : (serviceOf(content) ?? unsupported(content, 'unknown'));
}

/** The customer's own number, which Telegram vouches for when its owner shares it. */
export function ownPhoneOf({ contact }: Content, from: number | undefined): string | undefined {
  const card = readAs(wire.contact, contact);
  const isOwn = card?.user_id !== undefined && card.user_id === from;
  return isOwn ? phoneNumber(card.phone_number) : undefined;
}

function readRich(content: Content): Body {
  const text = flatten(content['rich_message']);
  return text ? { type: 'text', text } : unsupported(content, 'rich_message');
}

function readContact(content: Content): Body | undefined {
  const contact = readAs(wire.contact, content['contact']);
  if (!contact) return undefined;
  const { phone_number, first_name, last_name, vcard } = contact;
  const name = [first_name, last_name].filter(Boolean).join(' ') || phone_number;
  const more = vcard === undefined ? {} : contactOf(vcard);
  return { type: 'contacts', contacts: [{ ...more, name, phones: [phone_number] }] };
}

/** Kept raw, with the lines of it that a person can read. */
function named(providerType: string, wordsOf: (content: Content) => string | undefined = () => undefined) {
  return (content: Content): Body => unsupported(content, providerType, wordsOf(content) ?? textIn(content['caption']));
}

function listOf(title: string | undefined, lines: { text: string }[] = []): string | undefined {
  return title && [title, ...lines.map(({ text }) => `• ${text}`)].join('\n');
}

function tasksOf(raw: unknown): string | undefined {
  const checklist = readAs(wire.checklist, raw);
  return listOf(checklist?.title, checklist?.tasks);
}

function rolled(raw: unknown): string | undefined {
  const dice = readAs(wire.dice, raw);
  return dice && `${dice.emoji} ${dice.value}`;
}

function unsupported(content: Content, providerType: string, text?: string): Body {
  return { type: 'unsupported', providerType, ...compact({ text }), raw: content };
}
