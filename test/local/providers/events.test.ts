import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { at, startRig } from './rig.ts';

const rig = await startRig();
after(() => rig.close());

test('one stream tells of every provider, each event by its name', async () => {
  const leave = new AbortController();
  const stream = await fetch(`${rig.url}/events`, { signal: leave.signal });
  assert.match(stream.headers.get('content-type') ?? '', /^text\/event-stream/);
  const heard = eventsOf(stream);
  assert.equal(await heard.next().then(({ value }) => value), undefined);
  const accounts = { telegram: rig.bot.external_id, whatsapp_lite: rig.gateway.external_id };
  for (const [provider, account] of Object.entries(accounts)) {
    await rig.call('PUT', `/${provider}/phones/mona/open`, { account });
    const { value } = await heard.next();
    assert.deepEqual([at(value, 'provider'), at(value, 'type'), at(value, 'account')], [provider, 'open', account]);
  }
  leave.abort();
});

/** Each event's data, parsed; undefined for a comment. */
async function* eventsOf({ body }: Response): AsyncGenerator<unknown, undefined> {
  let text = '';
  for await (const chunk of body ?? []) {
    text += Buffer.from(chunk).toString('utf8');
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const event = text.slice(0, end);
      text = text.slice(end + 2);
      yield event.startsWith('data: ') ? (JSON.parse(event.slice('data: '.length)) as unknown) : undefined;
    }
  }
  return undefined;
}
