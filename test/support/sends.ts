import assert from 'node:assert/strict';
import { ask, eventually, rows, someRows } from './cloud.ts';
import type { Account, Organization, Reachable, Row, TestCloud } from './cloud.ts';

/** Sends a text and gives back the row of the answer. Throws when it is refused. */
export async function sendText(cloud: TestCloud, organization: Organization, request: Send): Promise<Row> {
  const { channel, ...body } = request;
  const path = `/functions/v1/${channel.replace('_', '-')}-send`;
  const answer = await ask(cloud, organization, path, body);
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body['message'] as Row;
}

export interface Send extends Record<string, unknown> {
  channel: Account['channel'];
  to?: string;
  message?: string;
}

/** The message as it is now. */
export async function rowOf(cloud: Reachable, organization: Organization, { id }: { id: string }): Promise<Row> {
  const [row] = await rows(cloud, organization, `messages?id=eq.${id}`);
  assert.ok(row, `no message ${id}`);
  return row;
}

/** The message once it is as `is` wants it. */
export async function whenMessage(
  cloud: TestCloud,
  organization: Organization,
  { id }: Row,
  is: string | ((row: Row) => boolean),
): Promise<Row> {
  const fits = typeof is === 'string' ? (row: Row) => row['status'] === is : is;
  let last: Row | undefined;
  return eventually(
    () => `the message is ${String(is)}: ${JSON.stringify(last)}`,
    async () => {
      [last] = await rows(cloud, organization, `messages?id=eq.${id}`);
      return last && fits(last) && last;
    },
  );
}

/** The message once it has left, whatever became of it then. */
export function whenSent(cloud: TestCloud, organization: Organization, message: Row): Promise<Row> {
  return whenMessage(cloud, organization, message, ({ sent_at }) => sent_at !== null);
}

/** Whether a provider has taken it, and it has not failed since. */
export function isOut({ status }: Row): boolean {
  return status !== 'PENDING' && status !== 'FAILED';
}

export function errorOf(row: Row): Row {
  return row['error'] as Row;
}

/** The statuses of a message's history, in its order. */
export function historyOf(row: Row): string[] {
  return (row['status_history'] as { status: string }[]).map(({ status }) => status);
}

/** The message with these words that a customer wrote, once it is there. */
export async function inboundSaying(cloud: TestCloud, organization: Organization, words: string): Promise<Row> {
  const path = `messages?direction=eq.INBOUND&message=eq.${encodeURIComponent(words)}`;
  return (await someRows(cloud, organization, path))[0];
}
