import type { BroadcastProblem, BroadcastProblemCode, ProblemDetails } from '../../domain/broadcast-problem.ts';
import type { Contact } from '../../domain/contact.ts';

/** Whether a contact is among those that a filter names, in the words of a query. */
export type ContactFilter = (filter: string) => Promise<(contact: Contact) => boolean>;

/** Where a chunk of a list ended. */
export interface ChunkEnd {
  at: number | string;
  row: number;
  isEnd: boolean;
}

/** What a list can't be read for. */
export interface Unreadable {
  problem: BroadcastProblem;
}

export const gone = unreadable(
  'file_gone',
  'The uploaded file is not there any more. Bring it again: it is kept for a day.',
);

export function unreadable(code: BroadcastProblemCode, message: string, details?: ProblemDetails): Unreadable {
  return { problem: { code, message, ...(details && { details }) } };
}
