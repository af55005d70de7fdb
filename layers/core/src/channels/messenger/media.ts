import type { MediaLocation } from '../contract.ts';
import { locateByLink } from '../shared/meta.ts';
import { manifest } from './manifest.ts';

export async function locateMedia(media: { link?: string }): Promise<MediaLocation> {
  return locateByLink(media, manifest.label);
}
