import type { Media } from '../../domain/body.ts';
import { kindOfType } from '../../domain/media-types.ts';
import { readFile, storeBytes } from '../../store/media-files.ts';
import type { Pictures } from './pictures.ts';

/** What is larger is shown without a thumbnail. */
const MOST_BYTES = 32 * 1024 * 1024;

/** Of a stored picture: its size in pixels and a thumbnail beside it. Of what is none, nothing. */
export async function lookAt(
  pictures: Pictures,
  key: string,
  { mime, size }: { mime: string; size: number },
): Promise<Pick<Media, 'width' | 'height' | 'thumbnailKey'>> {
  if (kindOfType(mime) !== 'image' || size > MOST_BYTES) return {};
  const bytes = await readFile(key);
  const facts = await pictures.look(bytes);
  if (!facts) return {};
  const { width, height } = facts;
  const thumbnail = await pictures.thumbnail(bytes);
  if (!thumbnail) return { width, height };
  const thumbnailKey = `${key}.thumbnail.jpg`;
  await storeBytes(thumbnailKey, thumbnail.bytes, thumbnail.mime);
  return { width, height, thumbnailKey };
}
