import { DeleteObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { setting } from './environment.ts';

const s3 = new S3Client();

/** Removes every file whose key begins so. Done again it finds nothing. */
export async function removeFiles(prefix: string): Promise<void> {
  const Bucket = setting('MEDIA_BUCKET');
  let ContinuationToken: string | undefined;
  do {
    const page = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: prefix, ContinuationToken }));
    for (const { Key } of page.Contents ?? []) await s3.send(new DeleteObjectCommand({ Bucket, Key }));
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken !== undefined);
}
