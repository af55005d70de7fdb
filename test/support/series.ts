import { readRecurrence } from '@parley/core/domain/recurrence/recurrence.ts';
import { changeSeries, findSeries } from '@parley/core/store/series.ts';
import { ask, rows } from './cloud.ts';
import type { Answer, Organization, Row, TestCloud } from './cloud.ts';
import { invoke } from './functions.ts';
import { useStoreOf } from './table.ts';
import { zoneClock } from './zone-clock.ts';

/** A series as the API gives it. */
export interface SeriesRow extends Row {
  next: string[];
  done: number;
  status: string;
  occurrences: { at: string; outcome: string; message_id: string | null; error: { code: string } | null }[];
}

/** What an organization does with series of Telegram messages. */
export function seriesOf(cloud: TestCloud, organization: Organization) {
  const act = (action: string, body: object): Promise<Answer> =>
    ask(cloud, organization, `/rest/v1/rpc/${action}`, body);
  const send = (body: object): Promise<Answer> => ask(cloud, organization, '/functions/v1/telegram-send', body);
  const read = async ({ id }: Row): Promise<SeriesRow> => {
    const [row] = await rows(cloud, organization, `series?id=eq.${id}`);
    return row as SeriesRow;
  };
  return {
    act,
    send,
    read,
    /** Begins one, and waits until everything that follows from it is done. */
    async begin(body: object): Promise<SeriesRow> {
      const answer = await send(body);
      if (answer.status !== 200) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
      await cloud.drain();
      return answer.body['series'] as SeriesRow;
    },
    /** As if the series had begun then (ms, a whole second, on UTC's clock), and nobody had been there since. */
    async rewind({ id }: Row, start: number): Promise<void> {
      await useStoreOf(cloud);
      const series = await findSeries(organization.id, id);
      if (!series) throw new Error(`there is no series ${id}`);
      const read = await readRecurrence(
        series.written,
        new Date(start).toISOString().slice(0, 19),
        await zoneClock('UTC'),
      );
      if (!read.ok) throw new Error(read.problem.message);
      const next = series.next === undefined ? {} : { next: start };
      if (!(await changeSeries({ ...series, recurrence: read.value, ...next })))
        throw new Error(`${id} was changed meanwhile`);
    },
    /** What EventBridge Scheduler does. */
    async fire({ id: seriesId }: Row): Promise<void> {
      await invoke(cloud, 'SchedulingScheduler', { organizationId: organization.id, seriesId, due: 'series' });
    },
    messages: ({ id, conversation_id }: Row): Promise<Row[]> =>
      rows(cloud, organization, `messages?conversation_id=eq.${String(conversation_id)}&series_id=eq.${id}`),
  };
}

/** The second that has just begun: a series that is rewound to it is due. */
export function thisSecond(): number {
  return Math.floor(Date.now() / 1000) * 1000;
}

/** In some milliseconds, as a whole second: occurrences come at whole seconds. */
export function soon(ms: number): string {
  return new Date(Math.ceil((Date.now() + ms) / 1000) * 1000).toISOString();
}

export async function untilTime(moment: string | undefined): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, Date.parse(moment ?? '') - Date.now()));
}
