import type { Failure } from '../api/http.ts';
import type { Desk } from './desk.ts';

/** The channel accounts as they are now. Answers why not. */
export async function loadAccounts(desk: Desk): Promise<Failure | null> {
  const answer = await desk.client.accounts();
  if (answer.ok) desk.store.dispatch({ type: 'accounts.loaded', rows: answer.value });
  return answer.ok ? null : answer.failure;
}

/** What an owner came back with from a provider becomes accounts. Answers why not, or why not all; `some` are the words for that. */
export async function finishConsent(desk: Desk, state: string, code: string, some: string): Promise<Failure | null> {
  const answer = await desk.client.finishConsent(state, code);
  await loadAccounts(desk);
  if (!answer.ok) return answer.failure;
  const [refused] = answer.value.refused;
  return refused ? { kind: 'refused', status: 200, code: refused.code, message: some, hint: refused.message } : null;
}
