import { rmSync } from 'node:fs';
import { after } from 'node:test';
import { startCloud } from '@parley/local/cloud.ts';
import type { Cloud } from '@parley/local/cloud.ts';
import { tellOfChange } from './changes.ts';
import { seededFolder } from './seeded-data.ts';
import { tableOf } from './table.ts';

import { eventually } from './eventually.ts';

export { eventually };

export type Organization = Cloud['access']['organizations'][number];
export type Account = Organization['channel_accounts'][number];
type AccountOf<Channel> = Extract<Account, { channel: Channel }>;

/** A row as the API gives it. */
export type Row = Record<string, unknown> & { id: string };

/** What is asked over HTTP needs no more of a cloud, and is the same for one in a process of its own. */
export type Reachable = Pick<Cloud, 'access'>;

export interface TestCloud extends Cloud {
  /** what the functions wrote */
  logs: string[];
  /** folder that keeps everything */
  data: string;
  /** ended before the cloud is: it waits for its clients to leave */
  clients: { terminate(): void }[];
}

/**
 * A cloud of one test file, in a folder of its own. It ends with the test or suite that asked for it; a file that asks at its top has to close it
 * itself, in a suite's `after`, because while it runs the file does not end.
 */
export async function testCloud(): Promise<TestCloud> {
  const data = await seededFolder();
  const logs: string[] = [];
  const clients: TestCloud['clients'] = [];
  const cloud = await startCloud({ data, port: 0, fresh: false, log: (line) => logs.push(line) });
  cloud.dynamoDb.streams.onRecords(await tableOf(cloud), tellOfChange);
  const end = async () => {
    for (const client of clients) client.terminate();
    await cloud.close();
    rmSync(data, { recursive: true, force: true });
  };
  let ended: Promise<void> | undefined;
  const close = () => (ended ??= end());
  after(close);
  return { ...cloud, logs, data, clients, close };
}

export function accountOf<Channel extends Account['channel']>(
  organization: Organization | undefined,
  channel: Channel,
): AccountOf<Channel> {
  const account = organization?.channel_accounts.find((one) => one.channel === channel);
  if (!account) throw new Error(`no ${channel} account`);
  return account as AccountOf<Channel>;
}

export interface Answer {
  status: number;
  headers: Headers;
  body: Row & { [index: number]: Row };
}

/** Asks the API in the name of an organization. */
export async function ask(
  cloud: Reachable,
  organization: Organization | undefined,
  path: string,
  body?: unknown,
  more: RequestInit = {},
): Promise<Answer> {
  const headers = {
    'X-API-Key': organization?.api_key ?? '',
    'Content-Type': 'application/json',
    ...(more.headers as Record<string, string>),
  };
  const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  const response = await fetch(new URL(path, cloud.access.url), { ...init, ...more, headers });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? ({} as Answer['body']) : (JSON.parse(text) as Answer['body']),
  };
}

export async function rows(cloud: Reachable, organization: Organization | undefined, path: string): Promise<Row[]> {
  const answer = await ask(cloud, organization, `/rest/v1/${path}`);
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body as unknown as Row[];
}

/** The rows, once there are any. */
export function someRows(cloud: Reachable, organization: Organization, path: string): Promise<[Row, ...Row[]]> {
  return eventually(path, async () => {
    const [first, ...more] = await rows(cloud, organization, path);
    return first && [first, ...more];
  });
}

/** An action of an agent. */
export function rpc(cloud: Reachable, organization: Organization, action: string, body: object): Promise<Answer> {
  return ask(cloud, organization, `/rest/v1/rpc/${action}`, body);
}

/** Changes rows. Throws when that is refused. */
export async function patch(
  cloud: Reachable,
  organization: Organization,
  path: string,
  values: object,
): Promise<Answer> {
  const answer = await ask(cloud, organization, `/rest/v1/${path}`, values, { method: 'PATCH' });
  if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer;
}

/** The pretend provider's control API. */
export async function control(cloud: Reachable, path: string, method = 'GET', body?: unknown): Promise<unknown> {
  const response = await fetch(`${cloud.access.url}/providers/${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return text === '' ? undefined : (JSON.parse(text) as unknown);
}
