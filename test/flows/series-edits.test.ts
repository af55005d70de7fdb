import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { accountOf, testCloud } from '../support/cloud.ts';
import type { Organization, Row } from '../support/cloud.ts';
import { later } from '../support/later.ts';
import { customer, textsTo } from '../support/phones.ts';
import { seriesOf, soon, thisSecond } from '../support/series.ts';

const cloud = await testCloud();
const nile = cloud.access.organizations[0] as Organization;
const bot = accountOf(nile, 'telegram');
const { act, begin, fire, rewind, send } = seriesOf(cloud, nile);
const daily = { recurrence: 'FREQ=DAILY', timezone: 'UTC' };

suite('what a series keeps of what it was told', () => {
  after(() => cloud.close());

  test('a client that sends every field it knows, most of them null, has a series that is sent', async () => {
    const phone = await customer(cloud, bot, '757000001');
    const nulls = { to: null, phoneNumber: null, conversation_id: null, template: null };
    const said = { message: 'All fields', scheduled_at: later(), ...daily };
    const { conversation_id: conversationId } = (await send({ to: phone.address, message: 'Hello' })).body[
      'message'
    ] as Row;
    for (const body of [
      { ...nulls, ...said, phone_number: phone.address },
      { ...said, phone_number: phone.address, ...nulls },
      { ...said, conversationId, ...nulls },
    ]) {
      const series = await begin(body);
      await rewind(series, thisSecond());
      await fire(series);
      await cloud.drain();
      await act('cancel_series', { series_id: series.id });
    }
    assert.deepEqual(await textsTo(cloud, bot, phone), ['Hello', 'All fields', 'All fields', 'All fields']);
  });

  test('an edit in another spelling takes effect, and null beside it takes nothing away', async () => {
    const [one, other] = [await customer(cloud, bot, '757000002'), await customer(cloud, bot, '757000003')];
    const series = await begin({ to: one.address, message: 'Moved', scheduled_at: later(), ...daily });
    const edit = (change: object) => act('edit_series', { series_id: series.id, ...change });
    const moved = await edit({ phone_number: other.address, to: null });
    assert.equal((moved.body['content'] as Row)['to'], other.address, JSON.stringify(moved.body));
    const both = await edit({ to: one.address, phone_number: other.address });
    assert.deepEqual([both.status, both.body['code']], [400, 'contradiction']);
    await rewind(series, thisSecond());
    await fire(series);
    await cloud.drain();
    assert.deepEqual([await textsTo(cloud, bot, one), await textsTo(cloud, bot, other)], [[], ['Moved']]);
    await act('cancel_series', { series_id: series.id });
  });

  test('formatting goes with the words that it was given for', async () => {
    const phone = await customer(cloud, bot, '757000005');
    const said = { message: '**Bold**', format: 'markdown' };
    const series = await begin({ to: phone.address, ...said, scheduled_at: later(), ...daily });
    const contentOf = async (change: object) => {
      const edited = await act('edit_series', { series_id: series.id, ...change });
      const { message, format } = edited.body['content'] as Row;
      return { message, format };
    };
    assert.deepEqual(await contentOf({ client_ref: 'bold' }), said);
    assert.deepEqual(await contentOf({ message: '2 ** 3 ** 4' }), { message: '2 ** 3 ** 4', format: undefined });
    await act('cancel_series', { series_id: series.id });
  });

  test('what its count ends before is no time of it, so it can not be left out', async () => {
    const phone = await customer(cloud, bot, '757000004');
    const recurrence = 'FREQ=DAILY;COUNT=3';
    const series = await begin({
      to: phone.address,
      message: 'x',
      ...daily,
      scheduled_at: soon(3_600_000),
      recurrence,
    });
    assert.equal(series.next.length, 3);
    const last = Date.parse(series.next[2] ?? '');
    const skip = (at: number) =>
      act('skip_occurrence', { series_id: series.id, occurrence: new Date(at).toISOString() });
    const beyond = await skip(last + 24 * 3_600_000);
    assert.deepEqual([beyond.status, beyond.body['code']], [404, 'no_occurrence']);
    assert.deepEqual((await skip(last)).body['skipped'], [series.next[2]]);
    await act('cancel_series', { series_id: series.id });
  });
});
