import { isMedia, isSameFile } from '../domain/body.ts';
import type { Body, Media } from '../domain/body.ts';
import { CLOCK_TOLERANCE_MS } from '../domain/clock.ts';
import type { MessageId, OrganizationId } from '../domain/id.ts';
import type { Message } from '../domain/message.ts';
import type { SendError } from '../domain/status.ts';
import type { Wait } from '../domain/waiting.ts';
import type { Update } from './expressions.ts';
import { messageKey } from './keys/conversations.ts';
import { steps, toMarkItem } from './mark-item.ts';
import { asSeen, noneOf } from './message-item.ts';
import type { Due } from './message-item.ts';
import type { Revision } from './provider-messages.ts';
import { updateItem } from './table.ts';

/** Makes a message due for its next step, if it still is what the caller thinks. */
export async function makeDue(
  organization: OrganizationId,
  id: MessageId,
  change: { from: Due; to: Due; now: number },
): Promise<boolean> {
  const written = await updateItem(messageKey(organization, id), {
    set: { due: change.to, upd: change.now },
    when: '#due = :from',
    values: { from: change.from },
  });
  return written.ok;
}

/** The time has come that a message waits for. False: it was cancelled, or given a later time. */
export async function fireMessage(organization: OrganizationId, id: MessageId, now: number): Promise<boolean> {
  const written = await updateItem(messageKey(organization, id), {
    set: { due: 'send' satisfies Due, upd: now },
    remove: ['wait'],
    when: '#due = :waiting AND #scheduled <= :soon',
    values: { waiting: 'schedule', soon: now + CLOCK_TOLERANCE_MS },
  });
  return written.ok;
}

/** Lets a message wait for the end of quiet hours (ms), as one that was written for that time. */
export async function postponeMessage(message: Message, until: number, now: number): Promise<void> {
  await updateItem(messageKey(message.organizationId, message.id), {
    set: {
      due: 'schedule' satisfies Due,
      scheduled: until,
      wait: { reason: 'quiet_hours', until } satisfies Wait,
      upd: now,
    },
    remove: ['claimed', 'claimer'],
    ...asSeen(message),
  });
}

/** A message goes in another form than it was written. */
export async function replaceMessage(
  message: Message,
  { body, degraded }: Pick<Message, 'body' | 'degraded'>,
  now: number,
): Promise<void> {
  await updateItem(messageKey(message.organizationId, message.id), {
    set: { body, degraded, upd: now },
    ...asSeen(message),
  });
}

interface Ending {
  at: number;
  error: SendError;
}

/** Ends a message whose customer has not written in the time that it was held for. False: it is not held any more. */
export async function endHeld(organization: OrganizationId, id: MessageId, ending: Ending): Promise<boolean> {
  const written = await updateItem(messageKey(organization, id), {
    ...ended(ending),
    when: '#due = :held AND #held <= :soon',
    values: { held: 'window' satisfies Due, soon: ending.at + CLOCK_TOLERANCE_MS },
  });
  return written.ok;
}

/** Gives a message that still waits for its time another time, or other words. False: it does not wait any more. */
export async function changeScheduled(
  message: Message,
  change: { scheduledAt?: number; body?: Body },
  now: number,
): Promise<boolean> {
  const written = await updateItem(messageKey(message.organizationId, message.id), {
    set: { scheduled: change.scheduledAt, body: change.body, upd: now },
    remove: change.scheduledAt === undefined ? [] : ['wait'],
    when: '#due = :waiting',
    values: { waiting: 'schedule' },
  });
  return written.ok;
}

/** Ends a message that no sender has claimed: whoever is first, this or the claim, keeps the other out. */
export async function cancelMessage(organization: OrganizationId, id: MessageId, ending: Ending): Promise<boolean> {
  const written = await updateItem(messageKey(organization, id), {
    ...ended(ending),
    when: `#dir = :out AND attribute_not_exists(#claimed) AND ${noneOf([...steps])}`,
    values: { out: 'O' },
  });
  return written.ok;
}

/** Ends the work on the files of a message. `place`: where they stand in the item (`#body.#media`). False: it was taken back meanwhile, and has none any more. */
export async function recordMedia(
  message: Message,
  place: '#body.#media' | '#body.#attachments',
  media: Media | Media[],
  now: number,
): Promise<boolean> {
  const written = await updateItem(messageKey(message.organizationId, message.id), {
    set: { upd: now },
    also: `${place} = :media`,
    // what is on its way out is due for that
    remove: message.direction === 'INBOUND' ? ['due'] : [],
    when: `attribute_exists(${place})`,
    values: { media },
  });
  return written.ok;
}

/** Ends the preparing of a message's file: from now on the message may be sent, or has failed with this error. */
export async function recordPrepared(
  message: Message,
  { body, degraded, error }: { body: Body; degraded?: string | undefined; error?: SendError },
  now: number,
): Promise<void> {
  await updateItem(messageKey(message.organizationId, message.id), {
    set: { body, degraded, upd: now, failed: error && toMarkItem({ at: now, error }) },
    remove: ['preparing'],
    when: 'attribute_exists(#preparing)',
  });
}

/**
 * Lets a message say something else, or, with a null body, nothing: what was taken back is gone from the message, which stays
 * as the sign that there was one. The latest change holds, and nothing comes back once it is taken back. A file that stays the
 * same is left as it is stored; another one is fetched.
 */
export async function reviseMessage(message: Message, { body, at }: Revision): Promise<void> {
  const words = body && isRewording(message.body, body) && body;
  const isPending = body && isMedia(body) && body.media.status === 'pending';
  const { text = '', entities = [] } = words || {};
  await updateItem(messageKey(message.organizationId, message.id), {
    set: {
      ...(words ? {} : { body: body ?? TAKEN_BACK, due: isPending ? 'media' : undefined }),
      [body ? 'edited' : 'deleted']: at,
      upd: Date.now(),
    },
    ...(words ? { also: '#body.#text = :text, #body.#entities = :entities' } : {}),
    when: 'attribute_exists(#pk) AND attribute_not_exists(#deleted) AND (attribute_not_exists(#edited) OR #edited <= :at)',
    values: words ? { at, text, entities } : { at },
  });
}

/** A message that stood for a file which had yet to come gets it. Done again it changes nothing. */
export async function completeMessage(
  { organizationId, body }: Message,
  id: MessageId,
  due: Due | undefined,
): Promise<void> {
  await updateItem(messageKey(organizationId, id), {
    set: { body, due, upd: Date.now() },
    when: '#history = :yes AND #body.#type = :unsupported AND attribute_not_exists(#deleted)',
    values: { yes: true, unsupported: 'unsupported' },
  });
}

/** New words for a file that stays: told with the file, or without it by gateways that send the words alone. */
function isRewording(body: Body, next: Body): next is Extract<Body, { type: 'text' } | { media: Media }> {
  if (!isMedia(body)) return false;
  return next.type === 'text' || (isMedia(next) && isSameFile(body.media, next.media));
}

const TAKEN_BACK: Body = { type: 'system', event: 'deleted', text: '' };

function ended({ at, error }: Ending): Update {
  return { set: { failed: toMarkItem({ at, error }), upd: at }, remove: ['due'] };
}
