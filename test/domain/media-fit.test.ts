import assert from 'node:assert/strict';
import test from 'node:test';
import { fit, listOf } from '@parley/core/domain/media-fit.ts';
import type { KnownFile, MediaLimits } from '@parley/core/domain/media-fit.ts';

const MB = 1024 * 1024;
const limits: MediaLimits = {
  image: { types: ['image/jpeg', 'image/png'], maxBytes: 5 * MB, maxSide: 5000 },
  video: { types: ['video/mp4'], maxBytes: 16 * MB },
  document: { types: ['*'], maxBytes: 100 * MB },
  sticker: { types: ['image/webp'], maxBytes: 100 * 1024, maxSide: 512 },
};
const { document: _, ...withoutDocuments } = limits;
const of = (file: Partial<KnownFile>, taken = limits) =>
  fit({ kind: 'image', mime: 'image/jpeg', ...file }, taken, 'Chat');

test('what a channel takes goes as it is', () => {
  assert.deepEqual(of({ size: 5 * MB, width: 5000, height: 10 }), { ok: true, kind: 'image' });
  assert.deepEqual(of({ kind: 'document', mime: 'application/x-any' }), { ok: true, kind: 'document' });
});

test('a picture of another type, of too many bytes, or of too many pixels is converted', () => {
  const convert = { types: ['image/jpeg', 'image/png'], maxBytes: 5 * MB, maxSide: 5000 };
  for (const file of [
    { mime: 'image/webp' },
    { mime: 'image/avif' },
    { mime: 'image/tiff' },
    { size: 5 * MB + 1 },
    { width: 5001 },
  ])
    assert.deepEqual(of(file), { ok: true, kind: 'image', convert }, JSON.stringify(file));
  const sticker = of({ kind: 'sticker', mime: 'image/png' });
  assert.deepEqual(sticker, {
    ok: true,
    kind: 'sticker',
    convert: { types: ['image/webp'], maxBytes: 100 * 1024, maxSide: 512 },
  });
});

test('what can not be converted goes as a document, and says so', () => {
  assert.deepEqual(of({ mime: 'image/gif', fixed: true }), {
    ok: true,
    kind: 'document',
    degraded: 'Sent as document: Chat does not take image/gif as image.',
  });
  assert.deepEqual(of({ kind: 'video', mime: 'video/quicktime' }), {
    ok: true,
    kind: 'document',
    degraded: 'Sent as document: Chat does not take video/quicktime as video.',
  });
  assert.deepEqual(of({ kind: 'video', mime: 'video/mp4', size: 20 * MB }), {
    ok: true,
    kind: 'document',
    degraded: 'Sent as document: Chat takes video files of at most 16 MB, and this one has 20 MB.',
  });
});

test('a file that was called something else goes as what it is', () => {
  const sent = of({ kind: 'video', mime: 'image/png' });
  assert.deepEqual(sent.ok && sent.kind, 'image');
  const picture = of({ kind: 'document', mime: 'image/webp' }, withoutDocuments);
  assert.deepEqual(picture.ok && [picture.kind, picture.convert?.types[0]], ['image', 'image/jpeg']);
});

test('what no way leads to is refused with the list', () => {
  const refused = of({ kind: 'document', mime: 'application/pdf' }, withoutDocuments);
  assert.ok(!refused.ok);
  assert.match(
    refused.reason,
    /^Chat takes no document files; it takes image \(image\/jpeg, image\/png; 5 MB\), video/,
  );
  assert.ok(!of({ kind: 'document', mime: 'application/zip', size: 100 * MB + 1 }).ok);
  assert.ok(!of({}, {}).ok);
});

test('a list of nothing is said in words', () => {
  assert.equal(listOf({}), 'no files');
  assert.match(listOf(limits), /document \(any type; 100 MB\), sticker \(image\/webp; 100 KB\)$/);
});
