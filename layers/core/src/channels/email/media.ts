import type { MediaLocation } from '../contract.ts';

/** A mail brings its files along. */
export async function locateMedia(): Promise<MediaLocation> {
  return { ok: false, permanent: true, reason: 'the files of a mail come with it' };
}
