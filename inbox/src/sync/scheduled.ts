import type { Failure, Result } from '../api/http.ts';
import type { SeriesRow } from '../api/sending-rows.ts';
import { loadConversations } from './conversations.ts';
import type { Desk } from './desk.ts';

const MOST_MESSAGES = 200;
const MOST_SERIES = 100;
const IDS_PER_READ = 50;

/** The messages that wait for their time, with the conversations they belong to. Answers why not. */
export async function loadScheduled(desk: Desk): Promise<Failure | null> {
  const answer = await desk.client.scheduledMessages(MOST_MESSAGES);
  if (!answer.ok) return answer.failure;
  desk.store.dispatch({ type: 'scheduled.loaded', rows: answer.value });
  await loadConversationsOf(desk, answer.value);
  return null;
}

/** The messages that come again and again, with the conversations they belong to. */
export async function readSeries(desk: Desk): Promise<Result<SeriesRow[]>> {
  const answer = await desk.client.series(MOST_SERIES);
  if (answer.ok) await loadConversationsOf(desk, answer.value);
  return answer;
}

/** Those that are not in the list yet. */
async function loadConversationsOf(desk: Desk, rows: { conversation_id: string }[]): Promise<void> {
  const { conversations } = desk.store.state();
  const unknown = [...new Set(rows.map((row) => row.conversation_id))].filter((id) => !(id in conversations));
  for (let from = 0; from < unknown.length; from += IDS_PER_READ)
    await loadConversations(desk, unknown.slice(from, from + IDS_PER_READ));
}
