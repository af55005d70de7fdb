import type { Json } from '../../json.ts';
import { present } from '../json.ts';
import type { MediaBody } from '../phone-body.ts';
import type { FileKind, SentFile } from './files.ts';

/** What a phone calls each kind. */
const shownAs: Record<FileKind, MediaBody['type']> = {
  photo: 'image',
  video: 'video',
  audio: 'audio',
  voice: 'audio',
  document: 'document',
  sticker: 'sticker',
  animation: 'video',
  video_note: 'video',
};

/** The members of a Message that carry a file. */
export function mediaFields(kind: FileKind, file: SentFile, duration = 1): Json {
  const ids = { file_id: file.file_id, file_unique_id: file.file_unique_id };
  const common = present({ ...ids, file_size: file.size });
  const named = present({ ...common, file_name: file.filename, mime_type: file.mime });
  switch (kind) {
    case 'photo':
      return {
        photo: [
          present({ ...ids, file_unique_id: `${file.file_unique_id}s`, width: 90, height: 90, file_size: file.size }),
          { ...common, width: 800, height: 800 },
        ],
      };
    case 'video':
      return { video: { ...named, width: 640, height: 480, duration } };
    case 'animation': {
      const animation = { ...named, width: 320, height: 240, duration };
      return { animation, document: named };
    }
    case 'audio':
      return { audio: { ...named, duration } };
    case 'voice':
      return { voice: { ...common, mime_type: file.mime, duration } };
    case 'video_note':
      return { video_note: { ...common, length: 240, duration } };
    case 'document':
      return { document: named };
    case 'sticker':
      return {
        sticker: {
          ...common,
          type: 'regular',
          width: 512,
          height: 512,
          is_animated: false,
          is_video: false,
          emoji: '🙂',
        },
      };
  }
}

export function mediaBody(kind: FileKind, file: SentFile, caption: string): MediaBody {
  return {
    type: shownAs[kind],
    url: file.url,
    mime: file.mime,
    ...(file.filename && { filename: file.filename }),
    ...(caption && { caption }),
    ...(kind === 'voice' && { voice: true }),
  };
}
