import type { Result } from './problem.ts';
import { refuse } from './problem.ts';

/** The form of an answer. */
export interface Format {
  kind: 'array' | 'object' | 'csv';
  stripNulls: boolean;
  contentType: string;
}

const json: Format = { kind: 'array', stripNulls: false, contentType: 'application/json; charset=utf-8' };

const formats: Readonly<Record<string, Format>> = {
  '*/*': json,
  'application/*': json,
  'application/json': json,
  'application/vnd.pgrst.array': vendor('array'),
  'application/vnd.pgrst.array+json': vendor('array'),
  'application/vnd.pgrst.object': vendor('object'),
  'application/vnd.pgrst.object+json': vendor('object'),
  'text/csv': { kind: 'csv', stripNulls: false, contentType: 'text/csv; charset=utf-8' },
};

/** The form that an `Accept` header prefers among those we have; none of them is PGRST107 (406). */
export function parseAccept(header: string | undefined): Result<Format> {
  const wanted = (header?.trim() || '*/*').split(',').map(parseRange);
  const ranked = wanted.filter(({ quality }) => quality > 0).sort((a, b) => b.quality - a.quality);
  const format = ranked.map(formatOf).find((found) => found !== undefined);
  if (format) return { ok: true, value: format };
  const names = wanted.map(({ type }) => type).join(', ');
  return refuse('PGRST107', `None of these media types are available: ${names}`, {
    hint: `Available: ${Object.keys(formats).join(', ')}.`,
  });
}

interface MediaRange {
  type: string;
  stripNulls: boolean;
  quality: number;
}

function parseRange(text: string): MediaRange {
  const [type = '', ...options] = text.split(';').map((part) => part.trim().toLowerCase());
  const quality = options.find((option) => option.startsWith('q='))?.slice(2);
  return { type, stripNulls: options.includes('nulls=stripped'), quality: Number(quality ?? 1) };
}

function formatOf({ type, stripNulls }: MediaRange): Format | undefined {
  const format = Object.hasOwn(formats, type) ? formats[type] : undefined;
  if (!format || !stripNulls || !type.includes('vnd.pgrst')) return format;
  return { ...format, stripNulls, contentType: format.contentType.replace(';', ';nulls=stripped;') };
}

function vendor(kind: 'array' | 'object'): Format {
  return { kind, stripNulls: false, contentType: `application/vnd.pgrst.${kind}+json; charset=utf-8` };
}
