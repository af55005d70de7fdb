import { asRecord } from '../api/http.ts';
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
  filename: string | null;
  choices: BodyChoice[];
}

/** One thing that a message offers to tap. */
export interface BodyChoice {
  /** what the provider knows it by */
  id: string;
  title: string;
  /** where it leads, if it is a link */
  url: string | null;
}

/** Reads what it knows of a body; plain text has no view. */
export function viewBody(body: unknown): BodyView | null {
  const fields = asRecord(body);
  const kind = text(fields['type']);
  if (kind === null || kind === 'text') return null;
  return {
    kind,
    url: webUrl(text(fields['url']) ?? ''),
    filename: text(fields['filename']),
    choices: choicesOf(fields).filter(({ title }) => title !== ''),
  };
}

/** Options of a poll go by their place. */
function choicesOf({ choices, links, options }: Record<string, unknown>): BodyChoice[] {
  const offered = [...list(choices), ...list(links)].map(asRecord).map(({ id, title, url }) => ({
    id: text(id) ?? 'open',
    title: text(title) ?? '',
    url: webUrl(text(url) ?? ''),
  }));
  const polled = list(options).map((title, place) => ({ id: String(place), title: text(title) ?? '', url: null }));
  return [...offered, ...polled];
}

/** What the customer tapped, as the message called it that offered it; null when the body is no tap. */
export function tappedTitle(body: unknown, thread: readonly { id: string; body: unknown }[]): string | null {
  const { type, message_id: offeredBy, id } = asRecord(body);
  if (type !== 'tap') return null;
  const offered = viewBody(thread.find((message) => message.id === offeredBy)?.body)?.choices;
  return offered?.find((choice) => choice.id === id)?.title ?? text(id);
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
