import { iso } from './rows.ts';
import type { Row } from './rows.ts';

/** How a client brings its file: a PUT of exactly these bytes with exactly these headers, while the link is good. */
export function uploadRow(ticket: {
  id: string;
  url: string;
  headers: Record<string, string>;
  size: number;
  expiresAt: number;
}): Row {
  const { id, url, headers, size, expiresAt } = ticket;
  return { upload_id: id, method: 'PUT', url, headers, size, expires_at: iso(expiresAt) };
}
