import type { Media } from '../../domain/body.ts';
import type { MediaLocation } from '../contract.ts';

/** Of a file that nothing leads to. */
export const noHandle: MediaLocation = {
  ok: false,
  permanent: true,
  reason: 'the file has neither an id nor a link',
};

/** OGG is what voice notes are recorded in: it goes as one, for as music these channels do not take it. */
export function isVoice(media: Media): boolean {
  return (
    media.voice === true || media.mime?.startsWith('audio/ogg') === true || /\.(ogg|oga|opus)$/i.test(pathOf(media))
  );
}

/** The file's own name, else the last part of its link. */
export function nameOf(media: Media): string {
  return media.filename || decoded(pathOf(media).split('/').at(-1) ?? '') || 'file';
}

/** Percent-encoded text; as it is where it is none. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function pathOf(media: Media): string {
  return URL.parse(media.link ?? '')?.pathname ?? '';
}
