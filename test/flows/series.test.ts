import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { accountOf, ask, eventually, testCloud } from '../support/cloud.ts';
import type { Organization, Row } from '../support/cloud.ts';
import { customer, textsTo } from '../support/phones.ts';
import { seriesOf, soon, thisSecond } from '../support/series.ts';
import type { SeriesRow } from '../support/series.ts';
import { later } from '../support/later.ts';
import { storedItems } from '../support/table.ts';

const cloud = await testCloud();
const [nile] = cloud.access.organizations as [Organization];
const bot = accountOf(nile, 'telegram');
const { act, begin, fire, messages, read, rewind, send } = seriesOf(cloud, nile);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** So far ahead that it is still to come when it is asked for, on a slow machine, too. */
const SOON = 4000;
const daily = { recurrence: 'FREQ=DAILY', timezone: 'UTC' };

suite('messages that recur', () => {
  after(() => cloud.close());

  test('the answer has the series with its next five times, and nothing is sent yet', async () => {
    const phone = await customer(cloud, bot, '754000001');
    const first = soon(HOUR);
    const answer = await send({ to: phone.address, message: 'Hello', scheduled_at: first, ...daily });
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    const { series, message, result, conversationId } = answer.body as unknown as Record<string, SeriesRow>;
    assert.deepEqual([message, result], [null, null]);
    assert.deepEqual(
      series?.next,
      [0, 1, 2, 3, 4].map((day) => new Date(Date.parse(first) + day * DAY).toISOString()),
    );
    assert.equal(series?.['conversation_id'], conversationId);
    assert.deepEqual(await read(series as Row), series);
    await cloud.drain();
    assert.deepEqual(await textsTo(cloud, bot, phone), []);
    assert.equal((await act('cancel_series', { series_id: series?.id })).body['status'], 'CANCELLED');
  });

  test('at its time it sends a message that names it, and waits for the next', async () => {
    const phone = await customer(cloud, bot, '754000002');
    const series = await begin({ to: phone.address, message: 'Good day', scheduled_at: soon(SOON), ...daily });
    await eventually('the first message', async () => (await textsTo(cloud, bot, phone)).length === 1);
    await cloud.drain();
    assert.deepEqual(await textsTo(cloud, bot, phone), ['Good day']);
    const [message] = await messages(series);
    assert.equal(message?.['series_id'], series.id);
    assert.equal(message?.['created_at'], series.next[0]);
    const after = await read(series);
    assert.deepEqual([after.status, after.done, after.next[0]], ['ACTIVE', 1, series.next[1]]);
    assert.deepEqual(after.occurrences, [
      { at: series.next[0], outcome: 'sent', message_id: message?.id, error: null },
    ]);
    await act('cancel_series', { series_id: series.id });
  });

  test('woken again and again, an occurrence is one message', async () => {
    const phone = await customer(cloud, bot, '754000003');
    const series = await begin({ to: phone.address, message: 'Once', scheduled_at: later(), ...daily });
    await fire(series);
    assert.equal((await read(series)).done, 0, 'not before its time, whoever wakes it');
    await rewind(series, thisSecond());
    await Promise.all(Array.from({ length: 8 }, () => fire(series)));
    await cloud.drain();
    assert.deepEqual(await textsTo(cloud, bot, phone), ['Once']);
    assert.equal((await read(series)).done, 1);
    await act('cancel_series', { series_id: series.id });
  });

  test('whatever write fails while it is fired, and whoever fires it again, an occurrence is one message', async () => {
    const phone = await customer(cloud, bot, '754000004');
    for (const error of ['drop_connection_before', 'drop_connection_after', 'InternalServerError'] as const) {
      const series = await begin({ to: phone.address, message: error, scheduled_at: later(), ...daily });
      cloud.dynamoDb.faults.add({ operation: 'TransactWriteItems', error, times: 3 });
      await rewind(series, thisSecond());
      await Promise.allSettled([fire(series), fire(series)]);
      cloud.dynamoDb.faults.clear();
      await fire(series);
      await cloud.drain();
      assert.equal((await messages(series)).length, 1, error);
      assert.equal((await read(series)).done, 1, error);
      await act('cancel_series', { series_id: series.id });
    }
    assert.equal((await textsTo(cloud, bot, phone)).length, 3);
  });

  test('what was missed for long is noted, and the latest that is not is sent', async () => {
    const phone = await customer(cloud, bot, '754000005');
    const series = await begin({
      to: phone.address,
      message: 'Late',
      recurrence: 'FREQ=MINUTELY;INTERVAL=20',
      timezone: 'UTC',
    });
    const start = new Date(Math.ceil(Date.now() / 60_000) * 60_000 - 90 * 60_000);
    await rewind(series, start.getTime());
    await fire(series);
    await cloud.drain();
    const after = await read(series);
    assert.deepEqual(
      after.occurrences.map(({ outcome }) => outcome),
      ['missed', 'missed', 'missed', 'missed', 'sent'],
    );
    assert.deepEqual(await textsTo(cloud, bot, phone), ['Late']);
    assert.ok(Date.parse(after.next[0] ?? '') > Date.now());
    await act('cancel_series', { series_id: series.id });
  });

  test('an occurrence that is refused is noted with its reason, and the series goes on', async () => {
    const phone = await customer(cloud, bot, '754000006');
    const series = await begin({ to: phone.address, message: 'Never', scheduled_at: later(), ...daily });
    const opted = await act('opt_out', { contact_id: series['contact_id'], channel: 'telegram' });
    assert.equal(opted.status, 200, JSON.stringify(opted.body));
    const start = thisSecond();
    await rewind(series, start);
    await fire(series);
    await cloud.drain();
    const after = await read(series);
    const tomorrow = new Date(start + DAY).toISOString();
    assert.deepEqual([after.status, after.done, after.next[0]], ['ACTIVE', 1, tomorrow]);
    assert.equal(after.occurrences[0]?.outcome, 'refused');
    assert.equal(after.occurrences[0]?.error?.code, 'opted_out');
    assert.deepEqual(await textsTo(cloud, bot, phone), []);
    await act('cancel_series', { series_id: series.id });
  });

  test('it ends when it has come as often as it was to', async () => {
    const phone = await customer(cloud, bot, '754000007');
    const recurrence = { every: 'day', count: 2 };
    const series = await begin({ to: phone.address, message: 'Twice', ...daily, recurrence, scheduled_at: soon(SOON) });
    assert.equal(series.next.length, 2);
    assert.equal((await act('skip_occurrence', { series_id: series.id, occurrence: series.next[1] })).status, 200);
    await eventually('its end', async () => (await read(series)).status === 'ENDED');
    const over = await read(series);
    assert.deepEqual([over.next, over.done], [[], 2]);
    for (const action of ['pause_series', 'resume_series', 'edit_series', 'cancel_series'])
      assert.equal((await act(action, { series_id: series.id })).body['code'], 'series_over', action);
  });

  test('while it is paused nothing comes, and it goes on with what comes next', async () => {
    const phone = await customer(cloud, bot, '754000008');
    const series = await begin({ to: phone.address, message: 'Later', scheduled_at: later(), ...daily });
    const paused = await act('pause_series', { series_id: series.id });
    assert.deepEqual([paused.body['status'], paused.body['next']], ['PAUSED', []]);
    assert.deepEqual((await act('pause_series', { series_id: series.id })).body, paused.body);
    const start = thisSecond();
    await rewind(series, start);
    await fire(series);
    await cloud.drain();
    assert.deepEqual(await textsTo(cloud, bot, phone), []);
    const resumed = await act('resume_series', { series_id: series.id });
    assert.deepEqual([resumed.body['status'], resumed.body['done']], ['ACTIVE', 0]);
    assert.deepEqual((resumed.body['next'] as string[])[0], new Date(start + DAY).toISOString());
    await act('cancel_series', { series_id: series.id });
  });

  test('one occurrence can be left out: the next, or a later one', async () => {
    const phone = await customer(cloud, bot, '754000009');
    const series = await begin({ to: phone.address, message: 'x', scheduled_at: soon(HOUR), ...daily });
    const [first, second, third, fourth] = series.next;
    const skip = (occurrence?: unknown) => act('skip_occurrence', { series_id: series.id, occurrence });
    const other = await skip(second);
    assert.deepEqual((other.body['next'] as string[]).slice(0, 2), [first, third]);
    assert.deepEqual(other.body['skipped'], [second]);
    assert.deepEqual((await skip(second)).body, other.body, 'done again it is the same');
    const next = await skip(first);
    assert.deepEqual((next.body['next'] as string[]).slice(0, 2), [third, fourth]);
    assert.deepEqual([next.body['done'], next.body['skipped']], [2, []]);
    assert.deepEqual((await skip(first)).body, next.body, 'done again it is the same');
    assert.equal((await skip('2027-01-01T00:00:00.500Z')).body['code'], 'no_occurrence');
    for (const wrong of [undefined, 7, 'tomorrow']) assert.equal((await skip(wrong)).status, 400);
    await act('cancel_series', { series_id: series.id });
    assert.equal((await skip(fourth)).body['code'], 'not_active');
  });

  test('its words, its rule, its time and its zone can be changed, checked as a send', async () => {
    const phone = await customer(cloud, bot, '754000010');
    const series = await begin({
      to: phone.address,
      message: 'Old',
      recurrence: 'FREQ=DAILY',
      timezone: 'Africa/Cairo',
    });
    const edit = (change: object) => act('edit_series', { series_id: series.id, ...change });
    const words = await edit({ message: '*New*', format: 'markdown' });
    assert.deepEqual(words.body['next'], series.next);
    assert.equal((words.body['content'] as Row)['message'], '*New*');
    assert.equal(((await edit({ message: 'Plain' })).body['content'] as Row)['format'], undefined);
    const rule = await edit({ recurrence: { every: 'week', on: ['monday', 'thursday'], at: ['09:00'], count: 3 } });
    assert.deepEqual(rule.body['rules'], ['FREQ=WEEKLY;BYDAY=MO,TH;BYHOUR=9;BYMINUTE=0;BYSECOND=0']);
    assert.equal((rule.body['next'] as string[]).length, 3);
    assert.equal(rule.body['timezone'], 'Africa/Cairo');
    const moved = await edit({ timezone: 'Asia/Tokyo' });
    const [tokyo] = moved.body['next'] as string[];
    assert.equal(new Date(tokyo ?? '').getUTCHours(), 0, '09:00 in Tokyo');
    for (const [wrong, code] of [
      [{ message: '' }, 'missing_field'],
      [{ message: 'x'.repeat(5000) }, 'too_long'],
      [{ to: 'nobody' }, 'invalid_recipient'],
      [{ to: [phone.address] }, 'invalid_field'],
      [{ recurrence: 'FREQ=MINUTELY' }, 'too_often'],
      [{ timezone: 'Mars/Olympus' }, 'unknown_timezone'],
      [{ nonsense: 1 }, 'unknown_field'],
    ] as const)
      assert.equal((await edit(wrong)).body['code'], code, JSON.stringify(wrong).slice(0, 80));
    assert.deepEqual((await read(series)).next, moved.body['next'], 'what was refused changed nothing');
    await act('cancel_series', { series_id: series.id });
  });

  test('an edited series sends the new words', async () => {
    const phone = await customer(cloud, bot, '754000011');
    const series = await begin({ to: phone.address, message: 'Old', scheduled_at: later(), ...daily });
    await act('edit_series', { series_id: series.id, message: 'New' });
    await rewind(series, thisSecond());
    await eventually('the message', async () => (await textsTo(cloud, bot, phone)).length === 1);
    assert.deepEqual(await textsTo(cloud, bot, phone), ['New']);
    await act('cancel_series', { series_id: series.id });
  });

  test('several recipients are a series each, and under one key they are begun once', async () => {
    const phones = [await customer(cloud, bot, '754000012'), await customer(cloud, bot, '754000013')];
    const body = { to: [...phones.map(({ address }) => address), 'nobody'], message: 'All', ...daily };
    const headers = { 'Idempotency-Key': 'series-of-several' };
    const answers = await Promise.all(
      [1, 2, 3].map(() => ask(cloud, nile, '/functions/v1/telegram-send', body, { headers })),
    );
    const results = answers[0]?.body['results'] as Row[];
    assert.deepEqual(
      results.map(({ success }) => success),
      [true, true, false],
    );
    for (const answer of answers) assert.deepEqual(answer.body, answers[0]?.body);
    const ids = results.slice(0, 2).map(({ series }) => (series as Row).id);
    const stored = (await storedItems(cloud)).filter(({ sk }) => ids.includes(sk));
    assert.equal(stored.length, 2);
    assert.deepEqual(
      new Set(stored.map(({ content }) => (content as Row)['to'])),
      new Set(phones.map(({ address }) => address)),
    );
    for (const id of ids) await act('cancel_series', { series_id: id });
  });

  test('what can never be sent again and again is refused by name', async () => {
    const phone = await customer(cloud, bot, '754000014');
    const base = { to: phone.address, message: 'x' };
    for (const [body, status, field] of [
      [{ ...base, recurrence: 'FREQ=DAILY' }, 400, 'timezone'],
      [{ ...base, ...daily, timezone: 'Mars/Olympus' }, 400, 'timezone'],
      [{ ...base, ...daily, timezone: '+02:00' }, 400, 'timezone'],
      [{ ...base, ...daily, recurrence: { every: 'day', timezone: 'Asia/Tokyo' } }, 400, 'timezone'],
      [{ ...base, ...daily, recurrence: { every: 'fortnight' } }, 400, 'recurrence.every'],
      [{ ...base, ...daily, recurrence: { every: 'day', at: '9' } }, 400, 'recurrence.at'],
      [{ ...base, ...daily, recurrence: { every: 'week', on: 'someday' } }, 422, 'recurrence.on'],
      [{ ...base, ...daily, recurrence: 7 }, 400, 'recurrence'],
      [{ ...base, ...daily, recurrence: 'FREQ=MINUTELY' }, 422, 'recurrence'],
      [{ ...base, ...daily, recurrence: 'FREQ=DAILY;UNTIL=20200101' }, 422, 'recurrence'],
      [{ ...base, ...daily, recurrence: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30' }, 422, 'recurrence'],
      [{ ...base, ...daily, scheduled_at: '2020-01-01T00:00:00Z' }, 422, 'scheduled_at'],
      [{ ...base, ...daily, upload_id: 'upl_1' }, 404, 'upload_id'],
      [{ ...base, ...daily, to: 'nobody' }, 422, 'to'],
      [{ to: phone.address, ...daily }, 400, 'message'],
    ] as const) {
      const answer = await send(body);
      assert.deepEqual([answer.status, answer.body['details']], [status, field], JSON.stringify([body, answer.body]));
    }
  });

  test('a single message may have a time on the clock of a zone', async () => {
    const phone = await customer(cloud, bot, '754000015');
    // not the next midnight in Tokyo, which may be a second away
    const day = new Date(Date.now() + 2 * DAY).toISOString().slice(0, 10);
    const at = (more: object) => send({ to: phone.address, message: 'x', scheduled_at: `${day}T09:00`, ...more });
    const answer = await at({ timezone: 'Asia/Tokyo' });
    const message = answer.body['message'] as Row;
    assert.equal(message['scheduled_at'], `${day}T00:00:00.000Z`);
    await act('cancel_message', { message_id: message.id });
    assert.equal((await at({})).body['details'], 'timezone');
    assert.equal((await at({ timezone: 'Mars/Olympus' })).body['code'], 'unknown_timezone');
    const moved = await at({ timezone: 'Asia/Tokyo' });
    const again = {
      message_id: (moved.body['message'] as Row).id,
      scheduled_at: `${day}T18:00`,
      timezone: 'Asia/Tokyo',
    };
    assert.equal((await act('reschedule_message', again)).body['scheduled_at'], `${day}T09:00:00.000Z`);
    await act('cancel_message', again);
  });
});
