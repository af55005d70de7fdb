import { Readable } from 'node:stream';
import type { Broadcast, Made, Recipient } from '../../domain/broadcast.ts';
import { folderOf } from '../../domain/broadcast-row.ts';
import type { MessageId } from '../../domain/id.ts';
import type { Message } from '../../domain/message.ts';
import { statusOf } from '../../domain/status.ts';
import { finishExport } from '../../store/broadcast-counters.ts';
import { findLines, readLines } from '../../store/broadcast-files.ts';
import { storeFile } from '../../store/media-files.ts';
import { findMessages } from '../../store/messages.ts';
import { noAccount } from '../send/errors.ts';
import { csvHead, csvLine, noFormula } from './csv.ts';
import { madeKey, partKey } from './run.ts';
import { notBegun } from './standing.ts';

const HEADER = [
  'recipient',
  'name',
  'status',
  'error_code',
  'error',
  'message_id',
  'created_at',
  'sent_at',
  'delivered_at',
  'read_at',
  'failed_at',
];

/** Writes what became of every recipient into one file, part by part. Done again it begins anew; a later request has its own file. */
export async function exportBroadcast(broadcast: Broadcast, asked: number): Promise<void> {
  const { organizationId, id } = broadcast;
  const key = `${folderOf(broadcast)}/result-${asked}.csv`;
  const stream = Readable.from(lines(broadcast));
  await storeFile(key, stream, { declared: 'text/csv', filename: `${broadcast.name ?? 'broadcast'}.csv` });
  await finishExport(organizationId, id, { asked, key, now: Date.now() });
}

async function* lines(broadcast: Broadcast): AsyncGenerator<Buffer> {
  yield csvHead(HEADER);
  for (let part = 0; part < broadcast.reading.parts; part += 1) yield Buffer.from(await partLines(broadcast, part));
}

async function partLines(broadcast: Broadcast, part: number): Promise<string> {
  const recipients = await readLines<Recipient>(partKey(broadcast, part));
  const made = (await findLines<Made>(madeKey(broadcast, part))) ?? [];
  const ids = made.flatMap((one) => ('message' in one ? [one.message as MessageId] : []));
  const messages = new Map((await findMessages(broadcast.organizationId, ids)).map((each) => [each.id, each]));
  return recipients
    .map((recipient, index) =>
      csvLine([
        noFormula(recipient.to),
        noFormula(recipient.name ?? ''),
        ...outcome(made[index] ?? neverMade(broadcast, recipient), messages),
      ]),
    )
    .join('');
}

/** Who gets no message any more, because the broadcast came to its end first. */
function neverMade({ status, problem }: Broadcast, { to }: Recipient): Made | undefined {
  if (status === 'CANCELLED') return { to, skipped: notBegun.code, words: notBegun.message };
  return status === 'FAILED' ? { to, skipped: noAccount.code, words: (problem ?? noAccount).message } : undefined;
}

function outcome(made: Made | undefined, messages: Map<MessageId, Message>): string[] {
  if (!made) return ['WAITING', ...Array.from({ length: 8 }, () => '')];
  if ('skipped' in made)
    return ['SKIPPED', made.skipped, noFormula(made.words), ...Array.from({ length: 6 }, () => '')];
  const message = messages.get(made.message as MessageId);
  if (!message) return ['', '', '', made.message, ...Array.from({ length: 5 }, () => '')];
  const { progress, storedAt } = message;
  const status = statusOf(progress);
  const error = status === 'FAILED' ? progress.failed?.error : undefined;
  const times = [{ at: storedAt }, progress.sent, progress.delivered, progress.read, progress.failed];
  return [status, error?.code ?? '', noFormula(error?.message ?? ''), message.id, ...times.map(timeOf)];
}

function timeOf(mark: { at: number; providerAt?: number } | undefined): string {
  return mark ? new Date(mark.providerAt ?? mark.at).toISOString() : '';
}
