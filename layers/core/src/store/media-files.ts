import { createHash } from 'node:crypto';
import { Readable, Transform } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { CopyObjectCommand, GetObjectCommand, NoSuchKey, S3Client } from '@aws-sdk/client-s3';
import { isText, typeOfContent } from '../domain/media-content.ts';
import { kindOfType, plainType, typeOfName } from '../domain/media-types.ts';
import { setting } from './environment.ts';

const s3 = new S3Client();

/** Enough to tell an office document from any other ZIP file. */
const HEAD_BYTES = 64 * 1024;

export interface StoredFile {
  size: number;
  /** hex, of the stored bytes */
  sha256: string;
  mime: string;
}

/**
 * Streams a file into the media bucket, hashing as it goes: memory stays flat whatever its size. Its type is what its first bytes say; `declared` is
 * what somebody said of it. Rejects with the stream's own error when that breaks off.
 */
export async function storeFile(
  key: string,
  file: Readable,
  { declared, filename }: { declared?: string | undefined; filename?: string | undefined },
): Promise<StoredFile> {
  const { head, whole } = await beginningOf(file, HEAD_BYTES);
  // what knows types and what writes are large: each is loaded for the first file that needs it
  const { fileTypeFromBuffer } = await import('file-type');
  const signature = (await fileTypeFromBuffer(head))?.mime;
  const mime = typeOfContent({ text: isText(head), ...(signature && { signature }) }, saidOf(declared, filename));
  const hash = createHash('sha256');
  let size = 0;
  const measured = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk);
      size += chunk.length;
      done(null, chunk);
    },
  });
  whole.once('error', (error) => measured.destroy(error));
  try {
    await put(key, whole.pipe(measured), mime, filename);
  } finally {
    whole.destroy();
  }
  return { size, sha256: hash.digest('hex'), mime };
}

/** Some programs call every file bytes: then its name says more. */
function saidOf(declared: string | undefined, filename = ''): string | undefined {
  const says = declared !== undefined && plainType(declared) !== 'application/octet-stream';
  return says ? declared : (typeOfName(filename) ?? declared);
}

/** Keeps bytes that were made here, so their type is known. */
export async function storeBytes(key: string, bytes: Uint8Array, mime: string, filename?: string): Promise<StoredFile> {
  await put(key, bytes, mime, filename);
  return { size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex'), mime };
}

/** Copies a stored file of up to 5 GB within the bucket. */
export async function copyFile(from: string, to: string): Promise<void> {
  const Bucket = setting('MEDIA_BUCKET');
  await s3.send(new CopyObjectCommand({ Bucket, Key: to, CopySource: `${Bucket}/${from}` }));
}

/** A stored file as a stream, with the type it was stored under. Undefined when there is none (any more). */
export async function openFile(key: string): Promise<{ stream: Readable; mime: string | undefined } | undefined> {
  try {
    const { Body, ContentType } = await s3.send(new GetObjectCommand({ Bucket: setting('MEDIA_BUCKET'), Key: key }));
    return { stream: Body as Readable, mime: ContentType };
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    throw error;
  }
}

/** The bytes of a stored file. Throws when it is not there. */
export async function readFile(key: string): Promise<Uint8Array> {
  const file = await openFile(key);
  if (!file) throw new Error(`There is no file ${key}`);
  return buffer(file.stream);
}

async function put(
  key: string,
  Body: Readable | Uint8Array,
  mime: string,
  filename: string | undefined,
): Promise<void> {
  const ContentDisposition = dispositionOf(mime, filename);
  const params = { Bucket: setting('MEDIA_BUCKET'), Key: key, Body, ContentType: mime, ContentDisposition };
  const { Upload } = await import('@aws-sdk/lib-storage');
  // two parts of 5 MB at a time: ten files may be on their way at once
  await new Upload({ client: s3, params, queueSize: 2 }).done();
}

/** Only what a browser shows without running anything is shown in it; the rest is saved, under its own name (RFC 6266). */
function dispositionOf(mime: string, filename: string | undefined): string {
  const shown = kindOfType(mime) !== 'document' || mime === 'application/pdf';
  const name =
    filename === undefined ? '' : `; filename*=UTF-8''${encodeURIComponent(filename).replaceAll(/['()*]/g, percent)}`;
  return `${shown ? 'inline' : 'attachment'}${name}`;
}

function percent(sign: string): string {
  return `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** The first bytes of a stream, and a stream of all of it. */
async function beginningOf(file: Readable, most: number): Promise<{ head: Buffer; whole: Readable }> {
  const chunks: Buffer[] = [];
  const rest = file[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  for (let length = 0; length < most;) {
    const { done, value } = await rest.next();
    if (done) break;
    const chunk = Buffer.from(value);
    chunks.push(chunk);
    length += chunk.length;
  }
  const whole = async function* () {
    yield* chunks;
    yield* { [Symbol.asyncIterator]: () => rest };
  };
  return { head: Buffer.concat(chunks).subarray(0, most), whole: Readable.from(whole()) };
}
