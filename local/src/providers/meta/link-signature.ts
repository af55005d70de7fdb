import { createHmac } from 'node:crypto';
import type { StoredMedia } from '../media.ts';

/** What a link to a customer's file is signed with. Any key does: it only has to be one the caller can't guess from the id. */
export function linkSignature(media: StoredMedia, ext: string): string {
  return createHmac('sha256', media.sha256).update(`${media.id} ${ext}`).digest('base64url').slice(0, 27);
}
