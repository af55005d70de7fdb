import type { Status } from '../api/rows.ts';
import { webUrl } from '../text/links.ts';
import { own } from '../text/own.ts';

const words: Record<string, Status> = { sent: 'SENT', delivered: 'DELIVERED', read: 'READ', failed: 'FAILED' };

/** The mark for a provider's word; none for a word that is not known. */
export function phoneStatus(status: string | null): Status | null {
  return own(words, status?.toLowerCase() ?? '') ?? null;
}

/** What a phone shows of a body beside its text. */
export interface BodyView {
  kind: string;
  /** where its file is */
  url: string | null;
  /** what it offers to tap */
  choices: string[];
}

/** Reads what it knows of a body; plain text has no view. */
export function viewBody(body: unknown): BodyView | null {
  const fields = record(body);
  const kind = text(fields['type']);
  if (kind === null || kind === 'text') return null;
  const titles = [...list(fields['choices']), ...list(fields['links'])].map((each) => text(record(each)['title']));
  const options = list(fields['options']).map(text);
  return {
    kind,
    url: webUrl(text(fields['url']) ?? ''),
    choices: [...titles, ...options].filter((title) => title !== null),
  };
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
