import assert from 'node:assert/strict';
import { join } from 'node:path';
import test from 'node:test';
import { ask, eventually, rows } from '../../support/cloud.ts';
import type { Organization, Reachable, Row } from '../../support/cloud.ts';
import { addPhone } from '../../support/phones.ts';
import { startProduct, temporaryFolder } from './product-process.ts';

const MINUTE = 60_000;

/** The day ends so long after the start: on most machines that is enough to fill it, to kill and to start again; else it is done once more with more. */
const AHEAD_MS = [15_000, 60_000, 180_000];

test('a day that is used up is waited for, by the account’s own calendar, and what waits goes on after a kill', async () => {
  for (const ahead of AHEAD_MS) if (await dayIsWaitedFor(ahead)) return;
  assert.fail('the machine is too slow for this test');
});

/** False: the day was over before the second start. */
async function dayIsWaitedFor(ahead: number): Promise<boolean> {
  const data = join(temporaryFolder(), 'quota');
  const first = await startProduct(data);
  const [nile] = first.access.organizations as [Organization];
  const account = nile.channel_accounts.find((one) => one.channel === 'whatsapp_lite' && one.kind === 'notify');
  assert.ok(account);
  const midnight = Math.ceil((Date.now() + ahead) / MINUTE) * MINUTE;
  const settings = { daily_limit: 2, min_delay_ms: 0, max_delay_ms: 0, timezone: zoneWhereDayEnds(midnight) };
  const set = { method: 'PATCH', body: JSON.stringify({ settings }) };
  assert.equal((await ask(first, nile, `/rest/v1/channel_accounts?id=eq.${account.id}`, undefined, set)).status, 204);
  const sent: Row[] = [];
  for (const index of [1, 2, 3]) {
    const { address } = await addPhone(first, 'whatsapp_lite', `+20100200009${index}`);
    const request = { to: address, message: `Quota ${index}`, channel_account_id: account.id };
    const answer = await ask(first, nile, '/functions/v1/whatsapp-lite-send', request);
    sent.push(answer.body['message'] as Row);
  }
  const waiting = await eventually('two have gone, and one waits', async () => {
    const all = await rowsOf(first, nile, sent);
    const left = all.filter(({ status }) => status === 'PENDING');
    return left.length === 1 && left[0]?.['waiting_for'] ? left[0] : Date.now() >= midnight && all[0];
  });
  await first.kill();
  const second = await startProduct(data);
  const [before] = await rowsOf(second, nile, [waiting]);
  if (Date.now() >= midnight) {
    await second.kill();
    return false;
  }
  assert.deepEqual(waiting['waiting_for'], { reason: 'rate_limit', until: new Date(midnight).toISOString() });
  assert.deepEqual(before?.['waiting_for'], waiting['waiting_for']);
  await new Promise((done) => void setTimeout(done, midnight - Date.now()));
  const gone = await eventually('the next day', async () => {
    const [row] = await rowsOf(second, nile, [waiting]);
    return typeof row?.['sent_at'] === 'string' && row;
  });
  assert.ok(Date.parse(String(gone['sent_at'])) >= midnight, String(gone['sent_at']));
  assert.deepEqual([gone['attempt'], gone['waiting_for']], [1, null]);
  assert.equal((await second.stop()).code, 0);
  return true;
}

/** The offset of a place where the day ends then: zones have whole minutes. */
function zoneWhereDayEnds(at: number): string {
  const sinceMidnight = (at / MINUTE) % (24 * 60);
  const offset = sinceMidnight > 12 * 60 ? 24 * 60 - sinceMidnight : -sinceMidnight;
  const [sign, size] = [offset < 0 ? '-' : '+', Math.abs(offset)];
  return `${sign}${String(Math.floor(size / 60)).padStart(2, '0')}:${String(size % 60).padStart(2, '0')}`;
}

function rowsOf(cloud: Reachable, organization: Organization, messages: Row[]): Promise<Row[]> {
  return rows(cloud, organization, `messages?id=in.(${messages.map(({ id }) => id).join(',')})`);
}
