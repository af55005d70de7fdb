import { accountOf, ask, eventually, rows } from './cloud.ts';
import type { Organization, Reachable, Row } from './cloud.ts';
import { requestsOf } from './phones.ts';

export interface Progress {
  waiting: number;
  pending: number;
  sent: number;
  delivered: number;
  read: number;
  failed: number;
  /** failed, because nobody said whether they arrived; `failed` are the others */
  unknown: number;
  skipped: number;
  per_minute: number | null;
  seconds_left: number | null;
}

/** Brings a file as a client does. */
export async function upload(
  cloud: Reachable,
  organization: Organization,
  { filename, mime, bytes }: { filename: string; mime: string; bytes: Uint8Array },
): Promise<string> {
  const ticket = await ask(cloud, organization, '/rest/v1/rpc/create_upload', { filename, mime, size: bytes.length });
  if (ticket.status !== 200) throw new Error(`create_upload: ${ticket.status} ${JSON.stringify(ticket.body)}`);
  const { url, headers, upload_id } = ticket.body as unknown as {
    url: string;
    headers: Record<string, string>;
    upload_id: string;
  };
  const put = await fetch(url, { method: 'PUT', headers, body: Buffer.from(bytes) });
  if (!put.ok) throw new Error(`the upload was answered ${put.status}: ${await put.text()}`);
  return upload_id;
}

export function uploadCsv(cloud: Reachable, organization: Organization, text: string): Promise<string> {
  return upload(cloud, organization, { filename: 'list.csv', mime: 'text/csv', bytes: Buffer.from(text) });
}

export async function createBroadcast(cloud: Reachable, organization: Organization, body: object): Promise<Row> {
  const answer = await ask(cloud, organization, '/rest/v1/broadcasts', body);
  if (answer.status !== 201) throw new Error(`broadcasts: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** What `rpc/{verb}_broadcast` answers. Throws when it refuses. */
export async function tell(
  cloud: Reachable,
  organization: Organization,
  verb: 'start' | 'pause' | 'resume' | 'cancel' | 'export' | 'preview' | 'retry',
  { id }: Row,
  more: object = {},
): Promise<Row> {
  const answer = await ask(cloud, organization, `/rest/v1/rpc/${verb}_broadcast`, { id, ...more });
  if (answer.status !== 200) throw new Error(`${verb}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

export async function broadcast(cloud: Reachable, organization: Organization, { id }: Row): Promise<Row> {
  const [row] = await rows(cloud, organization, `broadcasts?id=eq.${id}`);
  if (!row) throw new Error(`there is no broadcast ${id}`);
  return row;
}

/** The broadcast once it is as `is` wants it; a thousand messages may take a minute on a busy machine. */
export async function whenBroadcast(
  cloud: Reachable,
  organization: Organization,
  row: Row,
  is: string | ((row: Row) => boolean),
): Promise<Row> {
  const fits = typeof is === 'string' ? (one: Row) => one['status'] === is : is;
  let last: Row | undefined;
  return eventually(
    () => `the broadcast is ${String(is)}: ${JSON.stringify(last)}`,
    async () => {
      last = await broadcast(cloud, organization, row);
      return fits(last) && last;
    },
  );
}

export function progressOf(row: Row): Progress {
  return row['progress'] as Progress;
}

/** Its messages, each with its status. */
export async function messagesOf(cloud: Reachable, organization: Organization, { id }: Row): Promise<Row[]> {
  const all: Row[] = [];
  for (;;) {
    const page = await rows(cloud, organization, `messages?broadcast_id=eq.${id}&limit=1000&offset=${all.length}`);
    all.push(...page);
    if (page.length < 1000) return all;
  }
}

/** What became of each recipient, as the broadcast's result has it: recipient, name, status, code of the error, its words, message. */
export async function exportOf(cloud: Reachable, organization: Organization, made: Row): Promise<string[][]> {
  await tell(cloud, organization, 'export', made);
  const row = await whenBroadcast(cloud, organization, made, isExported);
  return download((row['export'] as Row)['url']);
}

function isExported({ export: file }: Row): boolean {
  return (file as Row | null)?.['status'] === 'ready';
}

/** The lines of a file that the API gave a link to, without the header. */
export async function download(url: unknown): Promise<string[][]> {
  const response = await fetch(String(url));
  if (!response.ok) throw new Error(`the file was answered ${response.status}`);
  const [, ...lines] = (await response.text()).trimEnd().split('\r\n');
  return lines.map((line) => line.split(','));
}

/** It has come to its end: nothing waits, and nothing is on its way. */
export function isOver(row: Row): boolean {
  const { pending, sent, waiting } = progressOf(row);
  return row['status'] === 'COMPLETED' && pending + sent + waiting === 0;
}

/** A broadcast of SMS to these numbers whose list has been read. */
export async function listed(
  cloud: Reachable,
  organization: Organization,
  to: string[],
  message: string,
  more: object = {},
): Promise<Row> {
  const lines = to.map((number, index) => `${number},N${index}`);
  const made = await createBroadcast(cloud, organization, {
    channel: 'sms',
    channel_account_id: accountOf(organization, 'sms').id,
    content: { message },
    audience: { kind: 'file', upload_id: await uploadCsv(cloud, organization, `to,name\n${lines.join('\n')}\n`) },
    default_country: 'EG',
    ...more,
  });
  return whenBroadcast(cloud, organization, made, 'READY');
}

/** To whom the SMS provider was asked to send what begins so, as often as it was asked. */
export async function receivers(cloud: Reachable, text: string): Promise<string[]> {
  const requests = await requestsOf(cloud, 'sms');
  return requests
    .filter(({ body }) => String(body['SMSText']).startsWith(text))
    .map(({ body }) => String(body['SMSReceiver']));
}

/** Egyptian mobile numbers as people write them at home. */
export function homeNumbers(count: number, from: number): string[] {
  return Array.from({ length: count }, (_, index) => `0100${String(2_000_000 + from + index)}`);
}

export function counted(words: string[]): Record<string, number> {
  return Object.fromEntries([...Map.groupBy(words, (word) => word)].map(([word, all]) => [word, all.length]));
}
