import { parseMessageId } from './id.ts';
import type { MessageId } from './id.ts';

/** One attempt to send one message. */
export interface Attempt {
  id: MessageId;
  attempt: number;
}

/** What goes along with a send where the provider gives it back, so that a status finds its message without a lookup. */
export function referenceOf({ id, attempt }: Attempt): string {
  return `${id}.${attempt}`;
}

/** What is the same in the references of all attempts to send one message. */
export function withoutAttempt(reference: string): string {
  return reference.replace(/\.\d+$/, '');
}

/** Undefined when the text is not a reference of ours. */
export function parseReference(text: string): Attempt | undefined {
  const [id = '', attempt, ...rest] = text.split('.');
  if (!parseMessageId(id) || !/^\d{1,4}$/.test(attempt ?? '') || rest.length > 0) return undefined;
  return { id: id as MessageId, attempt: Number(attempt) };
}
