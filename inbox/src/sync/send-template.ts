import type { FilledTemplate } from '../api/library-rows.ts';
import type { Result } from '../api/http.ts';
import type { ConversationRow } from '../api/rows.ts';
import type { Desk } from './desk.ts';
import { showSent } from './send.ts';

/** Sends a provider's template into a conversation. It shows once the server has taken it. */
export async function sendTemplate(
  desk: Desk,
  conversation: ConversationRow,
  template: FilledTemplate,
): Promise<Result<void>> {
  const answer = await desk.client.sendTemplate(conversation, template);
  if (!answer.ok) return answer;
  showSent(desk, answer.value);
  return { ok: true, value: undefined };
}
