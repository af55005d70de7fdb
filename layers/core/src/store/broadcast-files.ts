import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { GetObjectCommand, NoSuchKey, S3Client } from '@aws-sdk/client-s3';
import { setting } from './environment.ts';
import { openFile, readFile, storeBytes } from './media-files.ts';

const s3 = new S3Client();

/** Lines of JSON, in the order of the list. */
export async function storeLines(key: string, lines: readonly unknown[]): Promise<void> {
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  await storeBytes(key, new TextEncoder().encode(text), 'application/x-ndjson');
}

/** What `storeLines` wrote. Throws when it is not there. */
export async function readLines<T>(key: string): Promise<T[]> {
  return linesIn(await readFile(key));
}

/** What `storeLines` wrote, or undefined when it is not there. */
export async function findLines<T>(key: string): Promise<T[] | undefined> {
  const file = await openFile(key);
  return file && linesIn(await buffer(file.stream));
}

/** Hashes, eight bytes each. */
export async function storeHashes(key: string, hashes: readonly bigint[]): Promise<void> {
  await storeBytes(key, new Uint8Array(BigUint64Array.from(hashes).buffer), 'application/octet-stream');
}

export async function readHashes(key: string): Promise<BigUint64Array> {
  const bytes = await readFile(key);
  return new BigUint64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

/** A stored file from a byte on. Empty at its end; undefined when there is no file. */
export async function openFrom(key: string, start: number): Promise<Readable | undefined> {
  return (await range(key, `bytes=${start}-`))?.stream;
}

/** Some bytes of a stored file and how many it has in all. Undefined when there is no file. */
export async function readRange(
  key: string,
  start: number,
  length: number,
): Promise<{ bytes: Uint8Array; size: number } | undefined> {
  const found = await range(key, `bytes=${start}-${start + length - 1}`);
  if (!found) return undefined;
  const chunks: Buffer[] = await found.stream.toArray();
  return { bytes: Buffer.concat(chunks), size: found.size };
}

function linesIn<T>(bytes: Uint8Array): T[] {
  return new TextDecoder()
    .decode(bytes)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);
}

async function range(key: string, Range: string): Promise<{ stream: Readable; size: number } | undefined> {
  try {
    const { Body, ContentRange } = await s3.send(
      new GetObjectCommand({ Bucket: setting('MEDIA_BUCKET'), Key: key, Range }),
    );
    return { stream: Body as Readable, size: Number(ContentRange?.split('/')[1] ?? 0) };
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    // nothing lies behind the last byte
    if ((error as { name?: string }).name === 'InvalidRange') return { stream: Readable.from([]), size: 0 };
    throw error;
  }
}
