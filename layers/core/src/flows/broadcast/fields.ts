import { isSupportedCountry } from 'libphonenumber-js';
import * as v from 'valibot';
import { anyObject, items, object, text } from '../../domain/fields.ts';
import { isObject } from '../../domain/json-value.ts';
import { readOrRefuse } from '../../domain/misfit.ts';
import { price } from '../../domain/price.ts';
import { refuse } from '../../domain/problem.ts';
import type { Problem, Result } from '../../domain/problem.ts';
import { ofKind } from '../of-kind.ts';
import { time, timezone } from '../schedule/time-fields.ts';
import { parseSendRequest } from '../send/request.ts';
import type { SendRequest } from '../send/request.ts';
import { isEncoding } from './encoding.ts';

const MOST_CONTACTS = 100_000;
/** The broadcast's item is written with every part. */
const MOST_CONTENT = 64 * 1024;

const short = text(1, 256);

/** As a variable can be called. */
const NAME = /^[\p{L}\p{N}_][\p{L}\p{M}\p{N}_.]*$/u;

const audience = ofKind({
  contacts: { contact_ids: items(text(1, 64), 1, MOST_CONTACTS) },
  filter: { filter: text(0, 4_000) },
  file: {
    upload_id: short,
    mapping: v.optional(
      v.custom<Record<string, string>>(
        (value) =>
          isObject(value) &&
          !Object.hasOwn(value, '__proto__') &&
          Object.values(value).every((is) => typeof is === 'string' && NAME.test(is)) &&
          new Set(Object.values(value)).size === Object.keys(value).length,
        `must say of each column what it is: to, name, or a variable's name, each of one column`,
      ),
    ),
    sheet: v.optional(short),
    encoding: v.optional(v.custom<string>(isEncoding, 'must be the name of an encoding, as in windows-1256')),
  },
});

const content = anyObject('must be an object: a send without its recipient');

const country = v.custom<string>(
  (value) => typeof value === 'string' && isSupportedCountry(value),
  'must be an ISO 3166 code of two letters, as in EG',
);

const changeable = {
  name: v.optional(short),
  content: v.optional(content),
  audience: v.optional(audience),
  default_country: v.optional(country),
  price: v.optional(price),
  // null takes it away again
  scheduled_at: v.optional(v.nullable(time)),
  timezone: v.optional(timezone),
};

const creation = object({ ...changeable, channel: short, content, channel_account_id: v.optional(short) });
const change = object(changeable);

export type Creation = v.InferOutput<typeof creation>;
export type Change = v.InferOutput<typeof change>;

export function readCreation(json: unknown): Result<Creation> {
  return readOrRefuse(creation, json);
}

export function readChange(json: unknown): Result<Change> {
  return readOrRefuse(change, json);
}

/** What each recipient brings of their own, what the broadcast itself says, and what goes with one message only. */
const ofOne = {
  to: 'to',
  recipients: 'to',
  contactId: 'contact_id',
  contactName: 'contact_name',
  conversationId: 'conversation_id',
  channelAccountId: 'channel_account_id',
  organizationId: 'organization_id',
  suitId: 'suit_id',
  replyToId: 'reply_to',
  clientRef: 'client_ref',
  scheduledAt: 'scheduled_at',
  scheduledLocal: 'scheduled_at',
  timezone: 'timezone',
  recurrence: 'recurrence',
} satisfies { [name in keyof SendRequest]?: string };

/** What every recipient is to get, as a send without its recipient. Refused where it says what only one message can. */
export function readContent(json: Record<string, unknown>): Result<SendRequest> {
  const size = JSON.stringify(json).length;
  if (size > MOST_CONTENT)
    return refuse(413, 'content_too_large', `'content' has ${size} characters; it takes up to ${MOST_CONTENT}`, {
      details: 'content',
    });
  const parsed = parseSendRequest(json);
  if (!parsed.ok) return { ok: false, problem: inContent(parsed.problem) };
  const stranger = Object.entries(ofOne).find(([name]) => parsed.value[name as keyof typeof ofOne] !== undefined)?.[1];
  if (stranger === undefined) return parsed;
  const field = `content.${stranger}`;
  return refuse(400, 'invalid_field', `'${field}': the content of a broadcast has none`, { details: field });
}

/** A problem of what is sent, with its fields as they stand in a broadcast. */
export function inContent(problem: Problem): Problem {
  const details = problem.details === undefined ? 'content' : `content.${problem.details}`;
  return { ...problem, details, message: problem.message.replaceAll(/'([a-z_.]+)'/g, `'content.$1'`) };
}
