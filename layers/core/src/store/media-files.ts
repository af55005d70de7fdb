import { createHash } from 'node:crypto';
import { Transform } from 'node:stream';
import type { Readable } from 'node:stream';
import { S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { setting } from './environment.ts';

const s3 = new S3Client();

/** Streams a file into the media bucket, hashing as it goes: memory stays flat whatever its size. */
export async function storeFile(
  key: string,
  file: Readable,
  mime: string | undefined,
): Promise<{ size: number; sha256: string }> {
  const hash = createHash('sha256');
  let size = 0;
  const measured = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk);
      size += chunk.length;
      done(null, chunk);
    },
  });
  file.once('error', (error) => measured.destroy(error));
  const params = {
    Bucket: setting('MEDIA_BUCKET'),
    Key: key,
    Body: file.pipe(measured),
    ...(mime ? { ContentType: mime } : {}),
  };
  await new Upload({ client: s3, params }).done();
  return { size, sha256: hash.digest('hex') };
}
