import type { buildApp } from 'fauxqs';

type App = ReturnType<typeof buildApp>;

/** Objects up to 512 MB in one request; AWS takes 5 GB. fauxqs refuses more than 11 MB. */
const MAX_BODY_BYTES = 512 * 1024 * 1024;

/** Puts fauxqs' three body parsers in again (SQS's JSON, SNS's form, S3's bytes) with S3's size limit. */
export function acceptLargeBodies(app: App): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/x-amz-json-1.0', { parseAs: 'string' }, (_request, body, done) => {
    const parsed = parseJson(String(body));
    done(parsed.error, parsed.value);
  });
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    done(null, Object.fromEntries(new URLSearchParams(String(body))));
  });
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MAX_BODY_BYTES }, (_request, body, done) => {
    done(null, body);
  });
}

function parseJson(text: string): { error: Error | null; value?: unknown } {
  try {
    return { error: null, value: JSON.parse(text) };
  } catch (error) {
    return { error: error as Error };
  }
}
