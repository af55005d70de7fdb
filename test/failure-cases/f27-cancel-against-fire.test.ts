import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { accountOf, eventually, rows, testCloud } from '../support/cloud.ts';
import type { Organization, Row } from '../support/cloud.ts';
import { invoke } from '../support/functions.ts';
import { customer, thread } from '../support/phones.ts';
import type { Phone } from '../support/phones.ts';
import { later } from '../support/later.ts';
import { seriesOf, soon, untilTime } from '../support/series.ts';
import type { SeriesRow } from '../support/series.ts';
import { scheduledFor } from '../support/table.ts';

const cloud = await testCloud();
const [nile] = cloud.access.organizations as [Organization];
const bot = accountOf(nile, 'telegram');
const { act, fire, messages, read, rewind, send } = seriesOf(cloud, nile);
const RUNS = 100;
/** So many ms before and after the moment each run asks for both things. */
const CLOSE = 300;
/** Time enough to give all of them the same moment. */
const AHEAD = 1500;

const phones = await Promise.all(
  Array.from({ length: RUNS }, (_, index) => customer(cloud, bot, String(756_000_000 + index))),
);

suite('F27: cancelled in the moment in which it leaves', () => {
  after(() => cloud.close());

  test(`a scheduled message, ${RUNS} times: taken back and never sent, or sent once`, async () => {
    const answersToSends = await ofEach((phone) => send({ to: phone.address, message: 'One', scheduled_at: later() }));
    const sent = answersToSends.map(({ body }) => body['message'] as Row);
    await cloud.drain();
    const moment = soon(AHEAD);
    await ofEach((_, index) => scheduledFor(cloud, sent[index] as Row, Date.parse(moment)));
    const answers = await around(moment, async (index) => {
      const message_id = sent[index]?.id;
      const wake = { organizationId: nile.id, messageId: message_id, due: 'schedule' };
      const [answer] = await Promise.all([
        somewhen(() => act('cancel_message', { message_id })),
        somewhen(() => invoke(cloud, 'SchedulingScheduler', wake)),
      ]);
      return answer;
    });
    await eventually(
      'the end of each',
      async () => (await rows(cloud, nile, 'messages?status=eq.PENDING')).length === 0,
    );
    const outcomes = await ofEach(async (phone, index) => {
      const answer = answers[index];
      return {
        said: answer?.status === 200 ? 'cancelled' : answer?.body['code'],
        arrived: await arrived(phone, 'One'),
      };
    });
    for (const { said, arrived } of outcomes) assert.equal(said, arrived === 0 ? 'cancelled' : 'already_sent');
    assert.ok(outcomes.every(({ arrived }) => arrived <= 1));
  });

  for (const [action, status] of [
    ['cancel_series', 'CANCELLED'],
    ['pause_series', 'PAUSED'],
  ] as const) {
    test(`a series, ${action} ${RUNS} times: the answer says whether the occurrence was made, and so it is`, async () => {
      const times = { scheduled_at: later(), recurrence: 'FREQ=DAILY', timezone: 'UTC' };
      const begun = await ofEach((phone) => send({ to: phone.address, message: action, ...times }));
      const series = begun.map(({ body }) => body['series'] as SeriesRow);
      await cloud.drain();
      const moment = soon(AHEAD);
      await ofEach((_, index) => rewind(series[index] as SeriesRow, Date.parse(moment)));
      const answers = await around(moment, async (index) => {
        const own = series[index] as SeriesRow;
        const [answer] = await Promise.all([
          somewhen(() => act(action, { series_id: own.id })),
          somewhen(() => fire(own)),
        ]);
        return answer.body as unknown as SeriesRow;
      });
      await Promise.all(series.map(fire));
      await cloud.drain();
      await ofEach(async (phone, index) => {
        const answer = answers[index] as SeriesRow;
        assert.deepEqual(await read(answer), answer, 'nothing came after the answer');
        assert.equal(answer.status, status);
        assert.equal(answer.occurrences.filter(({ outcome }) => outcome === 'sent').length, answer.done);
        assert.equal((await messages(answer)).length, answer.done);
        await eventually('what was made arrives', async () => (await arrived(phone, action)) === answer.done);
      });
    });
  }
});

/** Does something for every phone, twenty at a time. */
async function ofEach<T>(work: (phone: Phone, index: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  const waiting = [...phones.entries()];
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) results[next[0]] = await work(next[1], next[0]);
  };
  await Promise.all(Array.from({ length: 20 }, worker));
  return results;
}

/** Does all the runs at once, beginning shortly before the moment. */
async function around<T>(moment: string, work: (index: number) => Promise<T>): Promise<T[]> {
  await untilTime(new Date(Date.parse(moment) - CLOSE).toISOString());
  return Promise.all(phones.map((_, index) => work(index)));
}

async function somewhen<T>(work: () => Promise<T>): Promise<T> {
  await delay(Math.random() * 2 * CLOSE);
  return work();
}

async function arrived(phone: Phone, text: string): Promise<number> {
  return (await thread(cloud, bot, phone)).filter((message) => message.from === 'business' && message.text === text)
    .length;
}
