import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DeleteObjectCommand, ListBucketsCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { ask } from './cloud.ts';
import type { Answer, Organization, Row, TestCloud } from './cloud.ts';

/** A column `media` as the API gives it. */
export interface MediaColumn {
  type: string;
  mime: string | null;
  filename: string | null;
  size: number | null;
  width: number | null;
  height: number | null;
  sha256: string | null;
  url: string | null;
  thumbnail_url: string | null;
  status: string;
  error: string | null;
}

export interface Upload extends Row {
  upload_id: string;
  method: string;
  url: string;
  headers: Record<string, string>;
  size: number;
  expires_at: string;
}

export function mediaOf(row: Row): MediaColumn {
  return row['media'] as MediaColumn;
}

/** Where a file can be put. */
export async function createUpload(
  cloud: TestCloud,
  organization: Organization | undefined,
  file: { filename: string; mime?: string; size: number },
): Promise<Answer> {
  return ask(cloud, organization, '/rest/v1/rpc/create_upload', file);
}

export function putFile({ method, url, headers }: Upload, bytes: Uint8Array): Promise<Response> {
  return fetch(url, { method, headers, body: new Uint8Array(bytes) });
}

/** A file that has been brought; gives back its id. */
export async function bring(
  cloud: TestCloud,
  organization: Organization | undefined,
  filename: string,
  bytes: Uint8Array,
  mime?: string,
): Promise<string> {
  const answer = await createUpload(cloud, organization, { filename, size: bytes.length, ...(mime && { mime }) });
  const upload = answer.body as unknown as Upload;
  const put = await putFile(upload, bytes);
  if (put.status !== 200) throw new Error(`the upload was answered ${put.status} ${await put.text()}`);
  return upload.upload_id;
}

/** What the bucket does with an upload after a day. */
export async function expireUpload({ url }: Pick<Upload, 'url'>): Promise<void> {
  const { origin, pathname } = new URL(url);
  const [, Bucket = '', ...key] = pathname.split('/').map(decodeURIComponent);
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const s3 = new S3Client({ endpoint: origin, region: 'us-east-1', forcePathStyle: true, credentials });
  await s3.send(new DeleteObjectCommand({ Bucket, Key: key.join('/') }));
  s3.destroy();
}

export async function bytesAt(
  url: string | null,
): Promise<{ bytes: Buffer; mime: string | null; disposition: string | null }> {
  const response = await fetch(String(url));
  if (response.status !== 200) throw new Error(`${url}: ${response.status}`);
  return {
    bytes: Buffer.from(await response.arrayBuffer()),
    mime: response.headers.get('content-type'),
    disposition: response.headers.get('content-disposition'),
  };
}

/** The keys in the media bucket that begin so. */
export async function keysUnder(cloud: TestCloud, prefix: string): Promise<string[]> {
  const { buckets } = JSON.parse(readFileSync(join(cloud.data, 'ports.json'), 'utf8')) as { buckets: number };
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const endpoint = `http://127.0.0.1:${buckets}`;
  const s3 = new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true, credentials });
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
  const keys = await Promise.all(
    Buckets.map(async ({ Name }) => {
      const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: Name, Prefix: prefix }));
      return Contents.map(({ Key = '' }) => Key);
    }),
  );
  s3.destroy();
  return keys.flat().toSorted();
}
