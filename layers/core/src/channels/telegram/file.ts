import type { Entity, Media, MediaKind } from '../../domain/body.ts';
import { plainType } from '../../domain/media-types.ts';
import type { Json } from '../shared/http.ts';
import { isVoice } from '../shared/file.ts';
import { compact } from '../shared/read.ts';
import type { Call, Upload } from './call.ts';
import { entitiesOf } from './entities.ts';
import type { Options } from './options.ts';

type FileKind = 'photo' | 'video' | 'animation' | 'video_note' | 'audio' | 'voice' | 'document' | 'sticker';

interface Rule {
  method: string;
  /** types that Telegram is known to take by link, and endings that say the same where the type is not known; none: it takes bytes only */
  linked?: { types: RegExp; endings: RegExp };
}

/** The member that holds the file is called like its kind. */
const rules: Record<FileKind, Rule> = {
  photo: { method: 'sendPhoto', linked: { types: /^image\/(jpeg|png|webp)$/, endings: /^(jpe?g|png|webp)$/ } },
  video: { method: 'sendVideo', linked: { types: /^video\/mp4$/, endings: /^mp4$/ } },
  animation: { method: 'sendAnimation', linked: { types: /^(image\/gif|video\/mp4)$/, endings: /^(gif|mp4)$/ } },
  video_note: { method: 'sendVideoNote' },
  audio: { method: 'sendAudio', linked: { types: /^audio\/(mpeg|mp4)$/, endings: /^(mp3|m4a)$/ } },
  voice: { method: 'sendVoice', linked: { types: /^audio\/ogg$/, endings: /^(ogg|oga)$/ } },
  document: {
    method: 'sendDocument',
    linked: { types: /^(application\/(pdf|zip)|image\/gif)$/, endings: /^(pdf|zip|gif)$/ },
  },
  sticker: { method: 'sendSticker', linked: { types: /^image\/webp$/, endings: /^webp$/ } },
};

const MB = 1024 * 1024;

/** By link Telegram takes 5 MB for a photo, 1 MB for what is to stay a voice note, and 20 MB for anything else. */
const byLink: Partial<Record<FileKind, number>> = { photo: 5 * MB, voice: MB };

/** A file, and the words that go with it. */
export interface FileContent {
  type: MediaKind;
  media: Media;
  text?: string;
  entities?: Entity[];
}

/** `asBytes`: the link is of no use, so the file itself goes along. */
export function fileCall({ type, media, text, entities }: FileContent, options: Options, asBytes: boolean): Call {
  const kind = options.video_note === true ? 'video_note' : kindOf(type, media);
  const file = placed(kind, media, kind, asBytes);
  return {
    method: rules[kind].method,
    parameters: {
      ...(file.upload ? {} : { [kind]: media.link }),
      ...compact({ caption: text || undefined }),
      ...entitiesOf('caption_entities', entities),
      ...shownHow(kind, options),
    },
    ...(file.upload ? { uploads: [file.upload] } : {}),
  };
}

/** Several files in one message: what goes with them goes with the first. Undefined for what can't stand in an album. */
export function albumCall(
  files: [FileContent, ...FileContent[]],
  options: Options,
  asBytes: boolean,
): Call | undefined {
  const items = files.map((file, index) => itemOf(file, `file${index}`, options, asBytes));
  if (items.some(({ item }) => item['type'] === 'sticker' || item['type'] === 'voice')) return undefined;
  const uploads = items.flatMap(({ upload }) => (upload ? [upload] : []));
  const parameters = { media: items.map(({ item }) => item) };
  return { method: 'sendMediaGroup', parameters, ...(uploads.length > 0 ? { uploads } : {}) };
}

function itemOf({ type, media, text, entities }: FileContent, part: string, options: Options, asBytes: boolean) {
  const kind = type === 'image' ? 'photo' : type === 'audio' && isVoice(media) ? 'voice' : type;
  const { upload } = placed(kind, media, part, asBytes);
  const item: Json = {
    type: kind,
    media: upload ? `attach://${part}` : media.link,
    ...compact({ caption: text || undefined }),
    ...entitiesOf('caption_entities', entities),
    ...shownHow(kind, options),
  };
  return { item, upload };
}

function kindOf(type: MediaKind, media: Media): FileKind {
  if (type === 'image')
    return plainType(media.mime) === 'image/gif' || endingOf(media) === 'gif' ? 'animation' : 'photo';
  if (type === 'video') return media.animated ? 'animation' : 'video';
  return type === 'audio' && isVoice(media) ? 'voice' : type;
}

/** What would not be taken by link, or has none, goes as bytes: 10 MB for a photo, 50 MB for anything else. */
function placed(kind: FileKind, media: Media, part: string, asBytes: boolean): { upload: Upload | undefined } {
  const tooLarge = (media.size ?? 0) > (byLink[kind] ?? 20 * MB);
  const linked = media.link !== undefined && !tooLarge && !asBytes && isLinkable(kind, media);
  return { upload: linked ? undefined : { part, media, maxBytes: mostBytes(kind) } };
}

/** What is not known to be of another type is worth a try. */
function isLinkable(kind: FileKind, media: Media): boolean {
  const { linked } = rules[kind];
  if (!linked) return false;
  const [type, ending] = [plainType(media.mime), endingOf(media)];
  if (type !== undefined) return linked.types.test(type);
  return ending === undefined || linked.endings.test(ending);
}

function mostBytes(kind: FileKind): number {
  return (kind === 'photo' ? 10 : 50) * MB;
}

function endingOf({ link }: Media): string | undefined {
  const name =
    URL.parse(link ?? '')
      ?.pathname.split('/')
      .at(-1) ?? '';
  return /\.([a-z0-9]{2,4})$/i.exec(name)?.[1]?.toLowerCase();
}

function shownHow(kind: FileKind, { has_spoiler, show_caption_above_media }: Options): Json {
  if (kind !== 'photo' && kind !== 'video' && kind !== 'animation') return {};
  return compact({ has_spoiler, show_caption_above_media });
}
