import assert from 'node:assert/strict';
import type { Channel, Element, InboundEvent } from '../../../layers/core/src/channels/contract.ts';
import type { Received } from './rig.ts';

type Readable = Extract<Element, { ok: true }>;

/** What a channel's own code makes of webhooks: each is verified first, by its signer's secrets, and has to be readable. */
export async function readWebhooks(
  channel: Pick<Channel, 'verify' | 'normalise'>,
  received: readonly Received[],
  secrets: Record<string, string>,
): Promise<Readable[]> {
  const read = received.map(async ({ raw, headers, body }) => {
    const request = {
      method: 'POST',
      headers: headers as Record<string, string | undefined>,
      query: new URLSearchParams(),
      body: Buffer.from(raw),
    };
    assert.equal(channel.verify(request, { id: 'x', secrets: [secrets] }), true);
    return (await channel.normalise(body)).map(readable);
  });
  return (await Promise.all(read)).flat();
}

export function eventOf(element: Element): InboundEvent {
  return readable(element).event;
}

function readable(element: Element): Readable {
  assert.ok(element.ok, JSON.stringify(element));
  return element;
}
