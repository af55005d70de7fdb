import assert from 'node:assert/strict';
import test from 'node:test';
import { fc } from '../support/properties.ts';
import { parseSendRequest } from '@parley/core/flows/send/request.ts';

/** The refusal's words, or undefined when the request is taken. */
function refusalOf(json: Record<string, unknown>): string | undefined {
  const parsed = parseSendRequest(json);
  if (parsed.ok) return undefined;
  assert.equal(parsed.problem.status, 400);
  return parsed.problem.message;
}

function bodyOf(json: Record<string, unknown>): unknown {
  const parsed = parseSendRequest(json);
  return parsed.ok ? parsed.value.body : undefined;
}

const choice = { id: 'a', title: 'A' };
const place = { latitude: 30, longitude: 31 };

const refused: [string, Record<string, unknown>, string][] = [
  ['a recipient that is no text', { to: 5 }, "'to': must be a string"],
  ['an empty recipient, as it was spelled', { phoneNumber: '' }, "'phoneNumber': must have 1 to 2048 characters"],
  ['a reference too long', { client_ref: 'x'.repeat(257) }, "'client_ref': must have 1 to 256 characters"],
  ['a text too long', { message: 'x'.repeat(65_537) }, "'message': must have at most 65536 characters"],
  ['a link of another kind', { media_url: 'ftp://a.b/c' }, "'media_url': must be an http(s) URL"],
  ['a link that is none', { mediaUrl: 'https://[' }, "'mediaUrl': must be an http(s) URL"],
  ['a link too long', { media_url: `https://a.b/${'x'.repeat(2048)}` }, "'media_url': must have 1 to 2048 characters"],
  [
    'an unknown media type',
    { media_url: 'https://a.b/c', media_type: 'film' },
    "'media_type': must be one of image, video, audio, document, sticker",
  ],
  [
    'a place off the globe',
    { location: { ...place, latitude: 90.5 } },
    "'location.latitude': must be a number from -90 to 90",
  ],
  ['a place by half', { location: { latitude: 1 } }, "'location.longitude' is required"],
  ['a member that nobody knows', { location: { ...place, city: 'Cairo' } }, "'location': has no field 'city'"],
  ['a list for an object', { location: [] }, "'location': must be an object"],
  ['no contacts', { contacts: [] }, "'contacts': must have 1 to 257 items"],
  ['a contact for a list', { contacts: { name: 'a' } }, "'contacts': must be a list"],
  ['a contact without a name', { contacts: [{ phones: [] }] }, "'contacts.0.name' is required"],
  [
    'an entity before the text',
    { message: 'a', entities: [{ type: 'bold', offset: -1, length: 1 }] },
    "'entities.0.offset': must be a whole number of at least 0",
  ],
  [
    'an entity of no length',
    { message: 'a', entities: [{ type: 'bold', offset: 0, length: 0 }] },
    "'entities.0.length': must be a whole number of at least 1",
  ],
  [
    'too many entities',
    { message: 'a', entities: Array.from({ length: 101 }, () => ({ type: 'bold', offset: 0, length: 1 })) },
    "'entities': must have at most 100 items",
  ],
  [
    'an unknown kind',
    { interactive: { kind: 'menu', buttons: [choice] } },
    "'interactive.kind': must be one of buttons, quick_replies, list, link_button, carousel, location_request",
  ],
  [
    'an unknown kind with the members of a known one',
    { interactive: { kind: 'menu', button: 'b', sections: [] } },
    "'interactive.kind': must be one of buttons, quick_replies, list, link_button, carousel, location_request",
  ],
  [
    'an inherited kind',
    { interactive: { kind: 'constructor' } },
    "'interactive.kind': must be one of buttons, quick_replies, list, link_button, carousel, location_request",
  ],
  ['a kind without its members', { interactive: { kind: 'list', button: 'b' } }, "'interactive.sections' is required"],
  [
    'a kind with another’s members',
    { interactive: { kind: 'quick_replies', buttons: [choice], footer: 'f' } },
    "'interactive': has no field 'footer'",
  ],
  ['no buttons', { interactive: { kind: 'buttons', buttons: [] } }, "'interactive.buttons': must not be empty"],
  [
    'template values that are no texts',
    { template: { name: 'a', language: 'en', parameters: [1] } },
    "'template.parameters': must be a list or an object of strings",
  ],
  [
    'a time without its date',
    { scheduled_at: '09:00' },
    "'scheduled_at': must be a date and time, as in 2026-01-31T09:00:00Z, or as in 2026-01-31T09:00 beside a 'timezone'",
  ],
  [
    'a day that is not',
    { scheduledAt: '2026-02-30T09:00:00Z' },
    "'scheduledAt': must be a date and time, as in 2026-01-31T09:00:00Z, or as in 2026-01-31T09:00 beside a 'timezone'",
  ],
];

for (const [what, json, words] of refused) {
  test(`refuses ${what}, naming field and limit`, () => assert.equal(refusalOf(json), words));
}

test('takes each kind of body', () => {
  const interactive = [
    { kind: 'buttons', buttons: [choice], header: 'h', footer: 'f' },
    { kind: 'quick_replies', buttons: [choice] },
    { kind: 'list', button: 'b', sections: [{ title: 't', rows: [{ ...choice, description: 'd' }] }] },
    { kind: 'link_button', link: { title: 't', url: 'https://a.b' } },
    { kind: 'carousel', cards: [{ text: 'a', image: 'https://a.b/c', buttons: [choice] }] },
  ];
  for (const each of interactive)
    assert.deepEqual(bodyOf({ interactive: each }), { type: 'interactive', interactive: each });
  assert.deepEqual(bodyOf({ location: { ...place, name: 'n' } }), { type: 'location', ...place, name: 'n' });
  const contacts = [{ name: 'a', phones: ['1'], emails: ['a@b.c'], organization: 'o' }];
  assert.deepEqual(bodyOf({ contacts }), { type: 'contacts', contacts });
  for (const parameters of [['a'], { b: 'c' }]) {
    const template = { name: 'a', language: 'en', parameters };
    assert.deepEqual(bodyOf({ template }), { type: 'template', template });
  }
});

test('a reaction names its message as actions do, or by the word that rows have', () => {
  const reaction = { type: 'reaction', emoji: '👍', target: 'msg_1' };
  for (const named of [{ message_id: 'msg_1' }, { target: 'msg_1' }])
    assert.deepEqual(bodyOf({ reaction: { emoji: '👍', ...named } }), reaction);
  assert.equal(refusalOf({ reaction: { emoji: '👍' } }), "'reaction.message_id' is required");
  assert.equal(
    refusalOf({ reaction: { emoji: '👍', message_id: 'msg_1', target: 'msg_2' } }),
    "'reaction': has no field 'target'",
  );
});

test('takes moments in every form of ISO 8601 that has an offset', () => {
  const moments = ['2026-01-31T09:00:00Z', '2026-01-31T09:00:00.5+02:00', '2024-02-29T00:00:00-11:30'];
  for (const scheduled_at of moments) {
    const parsed = parseSendRequest({ message: 'a', scheduled_at });
    assert.equal(parsed.ok && parsed.value.scheduledAt, Date.parse(scheduled_at));
  }
});

test('never throws, and every refusal says what to mend', () => {
  const fields = fc.constantFrom(
    'to',
    'message',
    'media_url',
    'media_type',
    'location',
    'contacts',
    'interactive',
    'template',
    'entities',
    'scheduled_at',
  );
  fc.assert(
    fc.property(
      fc.dictionary(fields, fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.webUrl(), fc.constant('http://['))),
      (json) => {
        const words = refusalOf(json);
        if (words !== undefined) assert.match(words, /^'.+'|body must be/s);
      },
    ),
    { numRuns: 500 },
  );
});

test('what is written is read as its format says', () => {
  assert.deepEqual(bodyOf({ message: '**a** b' }), { type: 'text', text: '**a** b' });
  assert.deepEqual(bodyOf({ message: '**a** b', format: 'plain' }), { type: 'text', text: '**a** b' });
  assert.deepEqual(bodyOf({ message: '**a** b', format: 'markdown', media_url: 'https://a.b/c.jpg' }), {
    type: 'image',
    media: { status: 'ready', link: 'https://a.b/c.jpg' },
    text: 'a b',
    entities: [{ type: 'bold', offset: 0, length: 1 }],
  });
  assert.deepEqual(bodyOf({ message: 'a b', format: 'markdown' }), { type: 'text', text: 'a b', entities: [] });
});

test('entities are put right', () => {
  const bold = { type: 'bold', offset: 2, length: 40 };
  assert.deepEqual(bodyOf({ message: 'a b ', entities: [bold, { type: 'text_link', offset: 0, length: 1 }] }), {
    type: 'text',
    text: 'a b ',
    entities: [{ type: 'bold', offset: 2, length: 1 }],
  });
});
