import aws4 from 'aws4';
import { setting } from './environment.ts';

const LINK_SECONDS = 3600;

/** A link to a stored file that works for an hour, signed here without asking AWS (SigV4 query signing). */
export function signMedia(key: string): string {
  const endpoint = new URL(process.env['AWS_ENDPOINT_URL_S3'] ?? `https://s3.${setting('AWS_REGION')}.amazonaws.com`);
  const path = `/${setting('MEDIA_BUCKET')}/${key.split('/').map(encodeURIComponent).join('/')}?X-Amz-Expires=${LINK_SECONDS}`;
  const signed = aws4.sign({
    service: 's3',
    region: setting('AWS_REGION'),
    host: endpoint.host,
    path,
    signQuery: true,
    headers: { Host: endpoint.host },
  });
  return `${endpoint.origin}${signed.path ?? path}`;
}
