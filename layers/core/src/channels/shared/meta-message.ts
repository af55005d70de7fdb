import { isMedia, type Body } from '../../domain/body.ts';
import { parseReference } from '../../domain/reference.ts';
import { messageOf, revisionOf, type About, type Reader } from './meta-webhook.ts';
import * as wire from './meta-wire.ts';
import { readAs, type Reading } from './read.ts';

/** What is attached to a message. */
export type AttachedReader = (message: wire.Message) => Body[];

/** Reads messages. What reads their attachments loads when one has any. */
export function messageReader(attached: () => Promise<AttachedReader>): Reader {
  return async (raw, about) => {
    const message = readAs(wire.message, raw);
    if (!message) return ['message without an id'];
    if (message.is_deleted) return [revisionOf(about, message.mid, null)];
    const bodies = message.attachments?.length ? (await attached())(message) : [];
    return partsOf(message, bodiesOf(message, bodies), about);
  };
}

/** A line that says where the customer came from, just before what they wrote. */
export function cameFrom(referral: wire.Referral | undefined, id: string, about: About): Reading[] {
  if (!referral) return [];
  const body: Body = { type: 'system', event: 'referral', text: originOf(referral) };
  return [messageOf(about, { id: `${id}:referral`, body, shift: -1 })];
}

function originOf({ ref, source, ad_id, ads_context_data, product }: wire.Referral): string {
  if (product) return `Asks about the product ${product.id}`;
  const ad = ads_context_data?.ad_title ?? ad_id;
  const through = ad === undefined ? `a link${source ? ` (${source})` : ''}` : `the ad ${ad}`;
  return `Came through ${through}${ref ? `: ${ref}` : ''}`;
}

/** What there is no body for, kept raw. */
export function unsupported(providerType: string, raw: unknown): Body {
  return { type: 'unsupported', providerType: providerType.slice(0, 60), raw };
}

/**
 * The first part keeps the message's id, for it is what replies and reactions point to. What we sent ourselves is one message,
 * in however many parts it comes back.
 */
function partsOf(message: wire.Message, bodies: Body[], about: About): Reading[] {
  const { mid, reply_to: quoted, metadata: reference } = message;
  const ours = reference !== undefined && parseReference(reference) !== undefined;
  const parts = (ours ? bodies.slice(0, 1) : bodies).map((body, shift) =>
    messageOf(about, { id: shift === 0 ? mid : `${mid}:${shift}`, body, replyTo: quoted?.mid, reference, shift }),
  );
  return [...cameFrom(message.referral, mid, about), ...storyOf(message, about), ...parts];
}

/** A reply to a story has no message of ours to point to. */
function storyOf({ mid, reply_to: quoted }: wire.Message, about: About): Reading[] {
  if (!quoted?.story) return [];
  const text = ['Replied to your story', quoted.story.url].filter(Boolean).join(': ');
  return [messageOf(about, { id: `${mid}:story`, body: { type: 'system', event: 'story_reply', text }, shift: -1 })];
}

/** Words go with the first file as its caption, otherwise before what is attached. */
function bodiesOf(message: wire.Message, [first, ...rest]: Body[]): Body[] {
  const { text, quick_reply: choice } = message;
  if (choice) return [reply(choice.payload, text || choice.payload)];
  if (!text) return first ? [first, ...rest] : [unsupported(message.is_unsupported ? 'unsupported' : 'empty', message)];
  if (!first) return [{ type: 'text', text }];
  return isMedia(first) && !first.text ? [{ ...first, text }, ...rest] : [{ type: 'text', text }, first, ...rest];
}

function reply(id: string, title: string): Body {
  return { type: 'interactive', interactive: { kind: 'reply', id, title } };
}
