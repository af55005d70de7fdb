import type { Sharp, SharpConstructor } from 'sharp';
import type { Conversion, PictureType } from '../../domain/media-fit.ts';

/** What a picture is, turned the right way up. */
export interface PictureFacts {
  width: number;
  height: number;
  animated: boolean;
}

export interface Picture {
  bytes: Uint8Array;
  mime: PictureType;
  width: number;
  height: number;
}

/** Looks at pictures, and makes others of them. Undefined: this is no picture that can be read. */
export interface Pictures {
  look(bytes: Uint8Array): Promise<PictureFacts | undefined>;
  thumbnail(bytes: Uint8Array): Promise<Picture | undefined>;
  /** Undefined also when no size is small enough. */
  convert(bytes: Uint8Array, to: Conversion): Promise<Picture | undefined>;
}

const THUMBNAIL_SIDE = 320;
/** A picture of few bytes may claim to be of any size. The largest cameras of phones that are common make 48 megapixels. */
const MOST_PIXELS = 50_000_000;
const SIDES = [4096, 2560, 1600, 1024];

/** `load` is called for the first picture: what it loads takes a tenth of a second. One picture at a time: each takes hundreds of megabytes. */
export function picturesWith(load: () => Promise<SharpConstructor>): Pictures {
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: (sharp: SharpConstructor) => Promise<T>): Promise<T | undefined> => {
    const result = last.then(load).then((sharp) => attempt(() => work(sharp)));
    last = result.catch(() => undefined);
    return result;
  };
  return {
    look: (bytes) => inTurn((sharp) => look(sharp(bytes, input))),
    thumbnail: (bytes) => inTurn((sharp) => thumbnail(sharp(bytes, input))),
    convert: (bytes, to) => inTurn((sharp) => convert(() => sharp(bytes, input), to)),
  };
}

/** sharp throws for bytes that it can't read, and says so only in words: whatever it throws, there is no picture. */
async function attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch {
    return undefined;
  }
}

const input = { limitInputPixels: MOST_PIXELS, failOn: 'error', sequentialRead: true } as const;

async function look(picture: Sharp): Promise<PictureFacts> {
  const { autoOrient, pages = 1 } = await picture.metadata();
  return { width: autoOrient.width, height: autoOrient.height, animated: pages > 1 };
}

function thumbnail(picture: Sharp): Promise<Picture> {
  return written(sized(picture, THUMBNAIL_SIDE), 'image/jpeg', 75);
}

/** Of the sizes from the largest down, the first whose file is small enough. What is see-through stays so where it may. */
async function convert(open: () => Sharp, { types, maxBytes, maxSide }: Conversion): Promise<Picture | undefined> {
  const seeThrough = await isSeeThrough(open);
  const order: PictureType[] = seeThrough
    ? ['image/png', 'image/webp', 'image/jpeg']
    : ['image/jpeg', 'image/webp', 'image/png'];
  for (const type of order.filter((each) => types.includes(each))) {
    for (const side of SIDES) {
      const made = await written(sized(open(), Math.min(side, maxSide ?? side)), type, 85);
      if (made.bytes.length <= maxBytes) return made;
    }
  }
  return undefined;
}

async function isSeeThrough(open: () => Sharp): Promise<boolean> {
  const { hasAlpha } = await open().metadata();
  return hasAlpha && !(await open().stats()).isOpaque;
}

/** Turned as its EXIF says; what else that says (place, camera) stays behind. */
function sized(picture: Sharp, side: number): Sharp {
  return picture.autoOrient().resize(side, side, { fit: 'inside', withoutEnlargement: true });
}

async function written(picture: Sharp, mime: PictureType, quality: number): Promise<Picture> {
  const file = {
    'image/jpeg': () => picture.flatten({ background: '#ffffff' }).jpeg({ quality }),
    'image/png': () => picture.png(),
    'image/webp': () => picture.webp({ quality }),
  }[mime]();
  const { data, info } = await file.toBuffer({ resolveWithObject: true });
  return { bytes: data, mime, width: info.width, height: info.height };
}
