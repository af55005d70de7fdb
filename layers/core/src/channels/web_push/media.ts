import type { MediaLocation } from '../contract.ts';

/** Nothing a browser tells us has a file. */
export async function locateMedia(): Promise<MediaLocation> {
  return { ok: false, permanent: true, reason: 'web push brings no files' };
}
