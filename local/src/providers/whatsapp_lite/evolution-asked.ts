import type { EvolutionAccount } from '../account.ts';
import { json, type Answer, type Call } from '../http.ts';
import type { Lite } from './chats.ts';

/** A call about an instance, with its key. */
export interface Asked {
  lite: Lite;
  call: Call;
  account: EvolutionAccount;
  body: unknown;
}

export function badRequest(message: unknown): Answer {
  return failed(400, 'Bad Request', message);
}

/** A refusal in Evolution's shape. */
export function failed(status: number, error: string, message: unknown): Answer {
  return json(status, { status, error, response: { message } });
}
