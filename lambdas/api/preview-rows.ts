import type { Row } from '@parley/core/domain/rows.ts';
import type { Preview } from '@parley/core/flows/templates/preview.ts';
import { rowOf } from './message-rows.ts';

/** What of a message's row says what the customer gets. */
const SAID = [
  'type',
  'entities',
  'media',
  'interactive',
  'template',
  'location',
  'contacts',
  'email',
  'options',
  'degraded',
] as const;

/** One row per channel, every column always there. `message` is as the provider gets it, and `length` counts that. */
export function previewRow(preview: Preview): Row {
  const { channel } = preview;
  if (!preview.ok) {
    const { code, message, details = null, hint = null } = preview.problem;
    return { channel, ok: false, problem: { code, message, details, hint }, message: null, ...said(), ...counted() };
  }
  const { message, wording, length, warnings } = preview;
  const row = rowOf(message);
  return {
    channel,
    ok: true,
    problem: null,
    message: wording.text === '' ? null : wording.text,
    ...said(row),
    length: length.count,
    max_length: length.limit.max,
    length_unit: length.limit.unit,
    segments: wording.segments?.count ?? null,
    encoding: wording.segments?.encoding ?? null,
    warnings,
  };
}

function said(row: Row = {}): Row {
  return Object.fromEntries(SAID.map((name) => [name, row[name] ?? null]));
}

function counted(): Row {
  return { length: null, max_length: null, length_unit: null, segments: null, encoding: null, warnings: [] };
}
