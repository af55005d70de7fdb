import type { MediaKind } from './body.ts';

/** A kind of file: its MIME type, the endings its names have (the usual one first), and what it is shown as. */
interface FileType {
  mime: string;
  endings: [string, ...string[]];
  kind: Exclude<MediaKind, 'sticker'>;
}

/** What is accepted everywhere, with the rest of what providers bring. */
const table: FileType[] = [
  type('image', 'image/jpeg', 'jpg', 'jpeg', 'jpe', 'jfif'),
  type('image', 'image/png', 'png'),
  type('image', 'image/gif', 'gif'),
  type('image', 'image/webp', 'webp'),
  type('image', 'image/avif', 'avif'),
  type('image', 'image/heic', 'heic', 'heif'),
  type('image', 'image/tiff', 'tiff', 'tif'),
  type('image', 'image/bmp', 'bmp'),
  type('video', 'video/mp4', 'mp4', 'm4v'),
  type('video', 'video/quicktime', 'mov', 'qt'),
  type('video', 'video/x-msvideo', 'avi'),
  type('video', 'video/3gpp', '3gp', '3gpp'),
  type('video', 'video/webm', 'webm'),
  type('video', 'video/x-matroska', 'mkv'),
  type('video', 'video/mpeg', 'mpeg', 'mpg'),
  type('video', 'video/ogg', 'ogv'),
  type('audio', 'audio/mpeg', 'mp3'),
  type('audio', 'audio/wav', 'wav'),
  type('audio', 'audio/ogg', 'ogg', 'oga', 'opus'),
  type('audio', 'audio/mp4', 'm4a'),
  type('audio', 'audio/aac', 'aac'),
  type('audio', 'audio/amr', 'amr'),
  type('audio', 'audio/flac', 'flac'),
  type('document', 'application/pdf', 'pdf'),
  type('document', 'application/msword', 'doc'),
  type('document', 'application/vnd.ms-excel', 'xls'),
  type('document', 'application/vnd.ms-powerpoint', 'ppt'),
  type('document', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'docx'),
  type('document', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'xlsx'),
  type('document', 'application/vnd.openxmlformats-officedocument.presentationml.presentation', 'pptx'),
  type('document', 'application/vnd.oasis.opendocument.text', 'odt'),
  type('document', 'application/vnd.oasis.opendocument.spreadsheet', 'ods'),
  type('document', 'application/vnd.oasis.opendocument.presentation', 'odp'),
  type('document', 'application/rtf', 'rtf'),
  type('document', 'application/epub+zip', 'epub'),
  type('document', 'application/zip', 'zip'),
  type('document', 'application/json', 'json'),
  type('document', 'text/plain', 'txt', 'log'),
  type('document', 'text/csv', 'csv'),
  type('document', 'text/vcard', 'vcf'),
  type('document', 'text/calendar', 'ics'),
  type('document', 'application/octet-stream', 'bin'),
];

function type(kind: FileType['kind'], mime: string, ...endings: FileType['endings']): FileType {
  return { kind, mime, endings };
}

const byEnding = new Map(table.flatMap((each) => each.endings.map((ending) => [ending, each] as const)));
const byMime = new Map(table.map((each) => [each.mime, each]));

/** Other names of the same types. */
const aliases: Record<string, string> = {
  'image/jpg': 'image/jpeg',
  'image/pjpeg': 'image/jpeg',
  'image/apng': 'image/png',
  'image/heif': 'image/heic',
  'image/x-ms-bmp': 'image/bmp',
  'audio/mp3': 'audio/mpeg',
  'audio/x-wav': 'audio/wav',
  'audio/wave': 'audio/wav',
  'audio/vnd.wave': 'audio/wav',
  'audio/x-m4a': 'audio/mp4',
  'audio/m4a': 'audio/mp4',
  'audio/x-aac': 'audio/aac',
  'audio/opus': 'audio/ogg',
  'application/ogg': 'audio/ogg',
  'video/avi': 'video/x-msvideo',
  'video/vnd.avi': 'video/x-msvideo',
  'video/x-m4v': 'video/mp4',
  'application/x-pdf': 'application/pdf',
  'application/x-zip-compressed': 'application/zip',
  'text/x-vcard': 'text/vcard',
  'text/rtf': 'application/rtf',
};

/** A type by its one name: lower case, without parameters (`audio/ogg; codecs=opus`). Undefined when it is none. */
export function plainType(mime: string | undefined): string | undefined {
  const plain = mime?.split(';')[0]?.trim().toLowerCase();
  return plain && /^[\w.+-]+\/[\w.+-]+$/.test(plain) ? (aliases[plain] ?? plain) : undefined;
}

/** What the ending of a file's name, or of a link's path, says. */
export function typeOfName(name: string): string | undefined {
  const path = URL.parse(name)?.pathname ?? name;
  const ending = /\.([a-z0-9]{2,5})$/i.exec(path)?.[1]?.toLowerCase();
  return ending === undefined ? undefined : byEnding.get(ending)?.mime;
}

/** What a file of this type is shown as. */
export function kindOfType(mime: string): FileType['kind'] {
  const plain = plainType(mime) ?? '';
  const family = /^(image|video|audio)\//.exec(plain)?.[1] as 'image' | 'video' | 'audio' | undefined;
  return byMime.get(plain)?.kind ?? (plain === 'image/svg+xml' ? 'document' : family) ?? 'document';
}

/** The name with the ending of its type: `photo.webp` that became a JPEG is `photo.jpg`. A name whose ending fits is kept. */
export function nameWithEnding(name: string, mime: string): string {
  const endings = byMime.get(plainType(mime) ?? '')?.endings;
  if (!endings || typeOfName(name) === plainType(mime)) return name;
  return `${typeOfName(name) === undefined ? name : name.replace(/\.[^.]*$/, '')}.${endings[0]}`;
}

/** Whether a list of types, as capabilities have it (`video/*`, `*`), takes a type. */
export function takesType(types: readonly string[], mime: string): boolean {
  const plain = plainType(mime) ?? mime;
  return types.some((taken) =>
    taken.endsWith('*') ? plain.startsWith(taken.slice(0, -1)) : (plainType(taken) ?? taken) === plain,
  );
}
