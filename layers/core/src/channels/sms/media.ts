import type { MediaLocation } from '../contract.ts';

/** Nothing is received by SMS. */
export function locateMedia(): Promise<MediaLocation> {
  return Promise.resolve({ ok: false, permanent: true, reason: 'SMS brings no files' });
}
