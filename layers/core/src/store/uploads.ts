import { randomUUID as uuid } from 'node:crypto';
import type { OrganizationId } from '../domain/id.ts';
import { objectUrl } from './media-bucket.ts';
import { presignedUrl } from './sign.ts';

/** What a client is about to bring. `size` in bytes. */
export interface UploadedFile {
  filename: string;
  mime: string;
  size: number;
}

/** Where and how a client brings its file. */
export interface UploadTicket {
  id: string;
  url: string;
  /** to be sent exactly so */
  headers: Record<string, string>;
  /** bytes, exactly so many */
  size: number;
  /** ms */
  expiresAt: number;
}

const TICKET_SECONDS = 15 * 60;
/** What nobody sends is deleted by the bucket after a day: its rule goes by this prefix. */
const PREFIX = 'uploads';
const FILENAME = 'x-amz-meta-filename';

/**
 * Lets one file be put into the bucket, of this size and type and no other: both are signed. Nothing is written for it. The organization is part of
 * the key, so that an upload's id is of no use to another.
 */
export function openUpload(organization: OrganizationId, file: UploadedFile, now: number): UploadTicket {
  const id = `upl_${uuid()}`;
  const headers = { 'content-type': file.mime, [FILENAME]: encodeURIComponent(file.filename) };
  const signed = { ...headers, 'content-length': String(file.size) };
  const url = presignedUrl(objectUrl(keyOf(organization, id)), TICKET_SECONDS, new Date(now), {
    method: 'PUT',
    headers: signed,
  });
  return { id, url, headers, size: file.size, expiresAt: now + TICKET_SECONDS * 1000 };
}

/** A file that was brought, or undefined: not yet, not any more, or by another organization. */
export async function findUpload(
  organization: OrganizationId,
  id: string,
): Promise<(UploadedFile & { key: string }) | undefined> {
  if (!/^upl_[0-9a-f-]{36}$/.test(id)) return undefined;
  const key = keyOf(organization, id);
  const answer = await fetch(presignedUrl(objectUrl(key), 60, new Date(), { method: 'HEAD' }), {
    method: 'HEAD',
    signal: AbortSignal.timeout(5_000),
  });
  // a function that may not list the bucket is told 403 of what is not there
  if (answer.status === 403 || answer.status === 404) return undefined;
  if (!answer.ok) throw new Error(`S3 answered ${answer.status} for the upload`);
  const { headers } = answer;
  return {
    key,
    mime: headers.get('content-type') ?? 'application/octet-stream',
    filename: decodeURIComponent(headers.get(FILENAME) ?? ''),
    size: Number(headers.get('content-length')),
  };
}

function keyOf(organization: OrganizationId, id: string): string {
  return `${PREFIX}/${organization}/${id}`;
}
