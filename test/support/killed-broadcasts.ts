import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import type { Cloud } from '@parley/local/cloud.ts';
import { broadcast, exportOf, progressOf, tell } from './broadcasts.ts';
import type { Progress } from './broadcasts.ts';
import { control, rows } from './cloud.ts';
import type { Organization, Reachable, Row } from './cloud.ts';
import { invoke } from './functions.ts';

/** A broadcast of SMS that was broken off, and where its pretend provider keeps what it took. */
export interface Broken {
  cloud: Cloud;
  organization: Organization;
  made: Row;
  providerFile: string;
}

/** What the product says of the recipients, held against what their phones have. */
export interface Reckoning {
  recipients: number;
  delivered: number;
  /** who has more than one message */
  twice: string[];
  /** who has none */
  missing: string[];
  /** of whom the product says that it does not know */
  unknown: string[];
}

/** How its messages stand; undefined while the cloud is away, or where the connection to the one that was killed was taken up again. */
export async function standing(cloud: Reachable, organization: Organization, made: Row): Promise<Progress | undefined> {
  try {
    return progressOf(await broadcast(cloud, organization, made));
  } catch (error) {
    if (error instanceof TypeError && error.message === 'fetch failed') return undefined;
    throw error;
  }
}

/** Until nothing is on its way any more: neither in the cloud, nor at the provider, which tells again and again of what it took. */
export async function untilQuiet({ cloud, organization, made }: Broken): Promise<void> {
  for (;;) {
    await cloud.drain();
    const webhooks = (await control(cloud, 'sms/webhooks')) as { state: string }[];
    const { waiting, sent } = progressOf(await broadcast(cloud, organization, made));
    if (waiting + sent === 0 && !webhooks.some(({ state }) => state === 'pending')) return;
    await delay(200);
  }
}

/** As if the quarter of an hour had gone by in which a provider may still tell of a send whose answer was lost. */
export async function passTimeForVerdicts(broken: Broken): Promise<void> {
  const { cloud, organization, made } = broken;
  const pending = (await exportOf(cloud, organization, made)).filter(([, , status]) => status === 'PENDING');
  for (const [to, , , , , id = ''] of pending) {
    const [row] = await rows(cloud, organization, `messages?id=eq.${id}`);
    assert.equal((row?.['error'] as Row | null)?.['code'], 'unknown_outcome', `${to} waits for nothing`);
    await invoke(cloud, 'SchedulingScheduler', { organizationId: organization.id, messageId: id, due: 'verdict' });
  }
  await cloud.drain();
}

/** Its unknown messages are sent again, by one call. */
export async function sendUnknownAgain(broken: Broken): Promise<void> {
  await tell(broken.cloud, broken.organization, 'retry', broken.made);
  await untilQuiet(broken);
}

export async function reckon({ cloud, organization, made, providerFile }: Broken): Promise<Reckoning> {
  const exported = await exportOf(cloud, organization, made);
  const threads = threadsIn(providerFile);
  const who = (is: (to: string, status: string, code: string) => boolean) =>
    exported.flatMap(([to = '', , status = '', code = '']) => (is(to, status, code) ? [to] : [])).toSorted();
  return {
    recipients: new Set(exported.map(([to]) => to)).size,
    delivered: who((_, status) => status === 'DELIVERED').length,
    twice: who((to) => (threads.get(to) ?? 0) > 1),
    missing: who((to) => !threads.has(to)),
    unknown: who((_, status, code) => status === 'FAILED' && code === 'unknown_outcome'),
  };
}

/** How many messages each number has, as the provider's file has it. */
function threadsIn(file: string): Map<string, number> {
  const database = new DatabaseSync(file, { readOnly: true });
  const phones = database.prepare("SELECT id, value FROM kept WHERE shelf = 'phones sms'").all();
  const addresses = new Map(
    phones.map(({ id, value }) => [id, (JSON.parse(String(value)) as { address: string }).address]),
  );
  const threads = database
    .prepare("SELECT shelf, COUNT(*) AS messages FROM kept WHERE shelf LIKE 'thread sms %' GROUP BY shelf")
    .all();
  database.close();
  return new Map(
    threads.map(({ shelf, messages }) => [addresses.get(String(shelf).split(' ')[2] ?? '') ?? '', Number(messages)]),
  );
}
