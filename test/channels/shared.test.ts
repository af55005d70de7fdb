import assert from 'node:assert/strict';
import test from 'node:test';
import { fc } from '../support/properties.ts';
import { cannotSend, unprocessable } from '@parley/core/channels/shared/limits.ts';
import { callProvider, retryAfterMs } from '@parley/core/channels/shared/http.ts';
import { elementOf, idText, maybe, number, numeric, object, readAs, whole } from '@parley/core/channels/shared/read.ts';
import { sameSecret, signedWith } from '@parley/core/channels/shared/secrets.ts';
import { lengthOf } from '@parley/core/domain/text-length.ts';
import { momentOf } from '@parley/core/channels/shared/time.ts';
import { contactOf } from '@parley/core/channels/shared/vcard.ts';
import { vcardOf } from '@parley/core/channels/shared/vcard-of.ts';
import { startProvider, withProvider, type Reply } from './provider.ts';

function ask(reply: Reply, timeoutMs = 5000) {
  return withProvider(reply, async ({ url, requests }) => ({
    answer: await callProvider({ method: 'POST', url, body: '{}', timeoutMs }),
    asked: requests,
  }));
}

test('an answer has its status, headers and JSON', async () => {
  const { answer } = await ask({ status: 418, json: { a: 'مرحبا' }, headers: { 'x-a': 'b' } });
  assert.equal(answer.kind, 'answer');
  assert.equal(answer.status, 418);
  assert.equal(answer.headers.get('x-a'), 'b');
  assert.deepEqual(answer.json, { a: 'مرحبا' });
});

test('an answer that is not JSON is an answer all the same', async () => {
  const { answer } = await ask({ status: 200, text: '<html>' });
  assert.equal(answer.kind, 'answer');
  assert.equal(answer.json, undefined);
});

test('of an answer above 1 MB only the status is taken', async () => {
  const fits = await ask({ status: 200, text: JSON.stringify('a'.repeat(1024 * 1024 - 2)) });
  assert.equal(fits.answer.kind === 'answer' && typeof fits.answer.json, 'string');
  const { answer } = await ask({ status: 200, text: JSON.stringify('a'.repeat(1024 * 1024 - 1)) });
  assert.deepEqual([answer.kind, answer.kind === 'answer' && answer.json], ['answer', undefined]);
});

test('a provider that never answers is given up after the timeout, and may have taken the request', async () => {
  const started = performance.now();
  const { answer, asked } = await ask('hang', 100);
  assert.deepEqual(answer, { kind: 'unknown', code: 'TIMEOUT' });
  assert.equal(asked.length, 1);
  assert.ok(performance.now() - started < 10_000);
});

test('a connection dropped after the request leaves the outcome unknown', async () => {
  const { answer, asked } = await ask('drop');
  assert.equal(answer.kind, 'unknown');
  assert.equal(asked.length, 1);
});

test('a redirect is an answer and is not followed', async () => {
  const { answer, asked } = await ask({ status: 307, headers: { location: '/next' } });
  assert.equal(answer.kind === 'answer' && answer.status, 307);
  assert.equal(asked.length, 1);
});

test('each request has a connection of its own, so none is lost on a dead one', async () => {
  const { asked } = await ask({ status: 200 });
  assert.equal(asked[0]?.headers['connection'], 'close');
});

test('what never reached the provider is not sent', async () => {
  const provider = await startProvider(() => 'hang');
  await provider.close();
  // a name that is too long for one, so that no name server is asked, which may take its time
  const nobody = `http://${'x'.repeat(64)}.invalid/`;
  for (const url of [provider.url, nobody, 'nonsense']) {
    const answer = await callProvider({ method: 'GET', url, timeoutMs: 5000 });
    assert.equal(answer.kind, 'not_sent', url);
  }
});

test('Retry-After counts seconds', () => {
  assert.equal(retryAfterMs(new Headers({ 'retry-after': '7' })), 7000);
  assert.equal(retryAfterMs(new Headers({ 'retry-after': '0' })), 0);
  assert.equal(retryAfterMs(new Headers({ 'retry-after': 'soon' })), undefined);
  assert.equal(retryAfterMs(new Headers({ 'retry-after': '-1' })), undefined);
  assert.equal(retryAfterMs(new Headers()), undefined);
});

test('Retry-After may be a date', () => {
  const date = new Date(Date.now() + 60_000).toUTCString();
  const wait = retryAfterMs(new Headers({ 'retry-after': date })) ?? 0;
  assert.ok(wait > 50_000 && wait <= 60_000, String(wait));
  assert.equal(retryAfterMs(new Headers({ 'retry-after': 'Sun, 06 Nov 1994 08:49:37 GMT' })), 0);
});

test('times are read as seconds, milliseconds or ISO 8601, and nothing else', () => {
  for (const value of [1763800000, '1763800000', 1763800000000, '1763800000000', '2025-11-22T08:26:40Z']) {
    assert.equal(momentOf(value), 1763800000000, String(value));
  }
  for (const value of [0, -5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, '', 'soon', null, undefined, {}, true]) {
    assert.equal(momentOf(value), undefined);
  }
});

test('a time that is read always fits a message id', () => {
  fc.assert(
    fc.property(fc.oneof(fc.double(), fc.string(), fc.integer()), (value) => {
      const at = momentOf(value);
      assert.ok(at === undefined || (Number.isInteger(at) && at >= 0 && at < 2 ** 48));
    }),
  );
});

test('one bad element is set aside with what it held', () => {
  const raw = { a: 1 };
  const element = elementOf(raw, 'x', () => {
    throw new RangeError('boom');
  });
  assert.deepEqual(element, { ok: false, externalId: 'x', reason: 'could not be read: RangeError', raw });
});

test('a JSON object is neither a list nor null, and keeps the members nobody asked for', () => {
  const schema = object({ id: idText, name: maybe(idText) });
  assert.deepEqual(readAs(schema, { id: 7, more: [1] }), { id: '7', more: [1] });
  assert.deepEqual(readAs(schema, { id: 'a', name: true }), { id: 'a', name: undefined });
  for (const value of [[], [{ id: 'a' }], null, undefined, 'a', { id: '' }, { id: null }, {}]) {
    assert.equal(readAs(schema, value), undefined);
  }
  assert.equal(readAs(object({}), []), undefined);
});

test('numbers are those that JSON can hold and a number type reaches', () => {
  const beyond: unknown = JSON.parse('1e999');
  for (const schema of [number, whole, numeric, idText]) assert.equal(readAs(schema, beyond), undefined);
  assert.deepEqual([readAs(number, 1.5), readAs(whole, 1.5), readAs(whole, 2 ** 52)], [1.5, undefined, 2 ** 52]);
  assert.deepEqual(
    ['-1.5', 2, '1e3', '', ' 1', '٣', true].map((value) => readAs(numeric, value)),
    [-1.5, 2, ...Array(5)],
  );
});

test('empty secrets prove nothing', () => {
  assert.equal(sameSecret('', ''), false);
  assert.equal(sameSecret(undefined, undefined), false);
  assert.equal(sameSecret('a', 'a'), true);
  assert.equal(sameSecret('a', 'ab'), false);
  assert.equal(signedWith('sha256', '', new Uint8Array(), ''), false);
});

test('text is counted as the channel counts it', () => {
  const text = 'aش👍🏽';
  assert.deepEqual([lengthOf(text, 'utf16'), lengthOf(text, 'characters'), lengthOf(text, 'bytes')], [6, 4, 11]);
});

test('a limit says the path of the field it is of, as a send has it', () => {
  for (const [message, details] of [
    ['message has 4097 characters', 'message'],
    ['contacts[0].name must not be empty', 'contacts.0.name'],
    ['interactive.cards[2].buttons[0].title must not be empty', 'interactive.cards.2.buttons.0.title'],
    ['options.poll, options.album and options.keyboard exclude each other', 'options.poll'],
    ['latitude is 95; it must lie between -90 and 90', 'location.latitude'],
    ['media has 9 bytes; the limit is 5 bytes', 'media_url'],
    ["document can't be text/html", 'media_url'],
    ['cc[0] must be an email address', 'cc.0'],
    ['attachments have 9 bytes', 'attachments'],
    ['constructor is no field', undefined],
    ['The channel is asleep', undefined],
  ] as const)
    assert.equal(unprocessable('invalid', message).details, details, message);
  assert.equal(cannotSend('SMS', 'image', []).details, 'media_url');
  assert.equal(cannotSend('SMS', 'location', []).details, 'location');
  assert.equal(cannotSend('Telegram', 'interactive carousel', []).details, 'interactive.kind');
});

test('a contact survives its vCard', () => {
  const contact = {
    name: 'سالم; "أحمد", أ\\ب',
    phones: ['+20 100 000 0009'],
    emails: ['a@example.com'],
    organization: 'Nile, Trading',
  };
  const { vcard, ...read } = contactOf(vcardOf(contact));
  assert.deepEqual(read, contact);
  assert.equal(vcardOf({ ...contact, vcard: 'BEGIN:VCARD' }), 'BEGIN:VCARD');
  assert.match(vcard ?? '', /waid=201000000009/);
});

test('folded lines and groups of a vCard are read', () => {
  const { name, phones } = contactOf('BEGIN:VCARD\nFN:Ana\n  Maria\nitem1.TEL;type=CELL:+20100\nTEL:+20200\nEND:VCARD');
  assert.deepEqual([name, phones], ['Ana Maria', ['+20100', '+20200']]);
});
