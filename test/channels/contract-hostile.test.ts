import assert from 'node:assert/strict';
import test from 'node:test';
import { fc } from '../support/properties.ts';
import type { Element } from '@parley/core/channels/contract.ts';
import { textOf } from '@parley/core/domain/body.ts';
import { conversationIdOf, receivedMessageId, type ChannelAccountId } from '@parley/core/domain/id.ts';
import { webhook } from './cases/cases.ts';
import { fixture, fixturesOf, registered } from './registered.ts';

type Holder = Record<string, unknown>;

const conversation = conversationIdOf('acc_1' as ChannelAccountId, 'phone:+201000000001');
const proofs = [
  'x-hub-signature-256',
  'x-parley-signature',
  'x-webhook-secret',
  'x-webhook-hmac',
  'x-telegram-bot-api-secret-token',
  'tiktok-signature',
];
const signer = {
  id: 'a',
  secrets: [{ app_secret: 'key-of-test', secret_token: 'key-of-test', webhook_secret: 'key-of-test' }],
};

for (const one of registered) {
  const { name, channel } = one;
  const fixtures = fixturesOf(one).map((file) => fixture(one, file));

  test(`${name}: survives any JSON`, async () => {
    const anything = fc.jsonValue({ maxDepth: 4 });
    await fc.assert(
      fc.asyncProperty(anything, async (payload) => {
        for (const element of await channel.normalise(payload)) usable(element);
        channel.hints(webhook(JSON.stringify(payload)));
      }),
      { numRuns: 200 },
    );
  });

  test(`${name}: survives its own payloads with any part replaced`, async () => {
    const values = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom(null, -1, 0, 1e300, Number.POSITIVE_INFINITY, '', '0', '__proto__', [], {}),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...fixtures), fc.nat(), values, async (original, at, value) => {
        const payload = replaced(original, at, value);
        for (const element of await channel.normalise(payload)) usable(element);
        channel.hints(webhook(JSON.stringify(payload)));
      }),
      { numRuns: 1000 },
    );
  });

  test(`${name}: survives any bytes, and believes none`, () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.string(), (bytes, proof) => {
        const request = webhook(bytes, Object.fromEntries(proofs.map((header) => [header, proof])));
        channel.hints(webhook(bytes));
        channel.hints(request);
        assert.equal(channel.verify(request, signer), false);
      }),
      { numRuns: 100 },
    );
  });
}

/** Whatever a channel understands can be shown and stored. */
function usable(element: Element): void {
  if (!element.ok) {
    assert.equal(typeof element.reason, 'string');
    return;
  }
  const { event } = element;
  if (event.kind !== 'message') return;
  textOf(event.body);
  assert.equal(typeof event.providerMessageId, 'string');
  assert.ok(event.counterparty.identities.every(({ value }) => value !== ''));
  if (event.providerAt !== undefined) receivedMessageId(conversation, event.providerAt, event.providerMessageId);
}

/** The payload with its n-th part (counted round and round) replaced. */
function replaced(payload: unknown, at: number, value: unknown): unknown {
  const whole: Holder = structuredClone({ payload });
  const parts = partsOf(whole);
  const [holder, key] = parts[at % parts.length] ?? [whole, 'payload'];
  holder[key] = value;
  return whole['payload'];
}

function partsOf(node: unknown): [Holder, string][] {
  if (typeof node !== 'object' || node === null) return [];
  const holder = node as Holder;
  return Object.keys(holder).flatMap((key) => [[holder, key] as [Holder, string], ...partsOf(holder[key])]);
}
