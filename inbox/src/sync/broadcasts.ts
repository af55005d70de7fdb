import type { BroadcastAct } from '../api/broadcast-calls.ts';
import type { BroadcastToMake } from '../api/broadcast-rows.ts';
import type { Failure, Result } from '../api/http.ts';
import { putFile } from '../api/upload.ts';
import type { Desk } from './desk.ts';

const MOST = 50;
const countryKey = 'parley.country';

/** The newest broadcasts as they are now. Answers why not. */
export async function loadBroadcasts(desk: Desk): Promise<Failure | null> {
  const answer = await desk.client.broadcasts(MOST);
  if (answer.ok) desk.store.dispatch({ type: 'broadcasts.loaded', rows: answer.value });
  return answer.ok ? null : answer.failure;
}

/** Does something with a broadcast. Answers why not. */
export async function actOnBroadcast(
  desk: Desk,
  act: BroadcastAct,
  id: string,
  more?: { scheduled_at: string },
): Promise<Failure | null> {
  const answer = await desk.client.actOnBroadcast(act, id, more);
  if (answer.ok) desk.store.dispatch({ type: 'broadcast.changed', row: answer.value });
  return answer.ok ? null : answer.failure;
}

/** Brings the list, and makes the broadcast that goes to it. */
export async function makeBroadcast(
  desk: Desk,
  list: File,
  { mapping, encoding }: { mapping: Record<string, string> | undefined; encoding: string | undefined },
  broadcast: Omit<BroadcastToMake, 'audience'>,
): Promise<Result<void>> {
  const ticket = await desk.client.createUpload({ filename: list.name, mime: list.type, size: list.size });
  if (!ticket.ok) return ticket;
  const { signal } = new AbortController();
  const put = await putFile(ticket.value, list, { onProgress: () => undefined, signal });
  if (!put.ok) return put;
  const audience = {
    kind: 'file' as const,
    upload_id: ticket.value.upload_id,
    ...(mapping ? { mapping } : {}),
    ...(encoding ? { encoding } : {}),
  };
  const made = await desk.client.createBroadcast({ ...broadcast, audience });
  if (!made.ok) return made;
  desk.store.dispatch({ type: 'broadcast.changed', row: made.value });
  return { ok: true, value: undefined };
}

/** The country of the last list: the next one is mostly of the same. */
export function lastCountry({ storage }: Desk): string {
  return storage.getItem(countryKey) ?? '';
}

export function keepCountry({ storage }: Desk, country: string): void {
  storage.setItem(countryKey, country);
}
