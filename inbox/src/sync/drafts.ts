import type { Desk } from './desk.ts';

const storageKey = 'parley.drafts';

/** Keeps what is typed into a conversation until it is sent, across reloads. */
export function keepDraft(desk: Desk, conversationId: string, text: string): void {
  desk.store.dispatch({ type: 'draft.changed', conversationId, text });
  desk.storage.setItem(storageKey, JSON.stringify(desk.store.state().drafts));
}

export function forgetDraft(desk: Desk, conversationId: string): void {
  keepDraft(desk, conversationId, '');
}

/** For who signs out: nothing typed stays on the machine. */
export function forgetAllDrafts(desk: Desk): void {
  desk.storage.removeItem(storageKey);
}

/** Brings back the drafts of the last visit. */
export function restoreDrafts(desk: Desk): void {
  for (const [conversationId, text] of Object.entries(readDrafts(desk)))
    desk.store.dispatch({ type: 'draft.changed', conversationId, text });
}

function readDrafts(desk: Desk): Record<string, string> {
  try {
    const value: unknown = JSON.parse(desk.storage.getItem(storageKey) ?? '{}');
    const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
    return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  } catch {
    return {};
  }
}
