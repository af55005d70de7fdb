import type { MediaLocation } from '../contract.ts';
import { locateByLink } from '../shared/meta.ts';
import { manifest } from './manifest.ts';

/** By the link of the webhook: Messenger gives no other. */
export async function locateMedia(media: { link?: string }): Promise<MediaLocation> {
  return locateByLink(media, manifest.label);
}
