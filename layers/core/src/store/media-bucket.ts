import { setting } from './environment.ts';
import { presignedUrl } from './sign.ts';

const LINK_SECONDS = 3600;

/** A link to a stored file that works for an hour, signed here without asking AWS. */
export function signMedia(key: string): string {
  return presignedUrl(objectUrl(key), LINK_SECONDS);
}

export function objectUrl(key: string): URL {
  const endpoint = process.env['AWS_ENDPOINT_URL_S3'] ?? `https://s3.${setting('AWS_REGION')}.amazonaws.com`;
  const path = key.split('/').map(encodeURIComponent).join('/');
  return new URL(`${endpoint}/${setting('MEDIA_BUCKET')}/${path}`);
}
