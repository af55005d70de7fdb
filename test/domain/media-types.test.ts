import assert from 'node:assert/strict';
import test from 'node:test';
import { fc } from '../support/properties.ts';
import { fileTypeFromBuffer } from 'file-type';
import { typeOfContent } from '@parley/core/domain/media-content.ts';
import { kindOfType, nameWithEnding, plainType, takesType, typeOfName } from '@parley/core/domain/media-types.ts';

const accepted = {
  image: ['a.JPG', 'a.jpeg', 'a.png', 'a.gif', 'a.webp'],
  video: ['a.mp4', 'a.mov', 'a.avi'],
  audio: ['a.mp3', 'a.wav', 'a.ogg'],
  document: ['a.pdf', 'a.docx', 'a.xlsx', 'a.pptx', 'a.doc', 'a.xls', 'a.csv', 'a.txt', 'a.zip'],
};

for (const [kind, names] of Object.entries(accepted)) {
  test(`${names.join(', ')}: ${kind}`, () => {
    for (const name of names) {
      const mime = typeOfName(name);
      assert.ok(mime, name);
      assert.equal(kindOfType(mime), kind, name);
      assert.equal(nameWithEnding(name, mime), name, 'a name that fits is kept');
      assert.equal(typeOfName(nameWithEnding('file', mime)), mime, 'the ending leads back to the type');
    }
  });
}

test('the ending counts at the end of a path only', () => {
  assert.equal(typeOfName('https://example.com/photo.png?size=2.jpg#x.gif'), 'image/png');
  assert.equal(typeOfName('https://example.com/'), undefined);
  assert.equal(typeOfName('https://example.com'), undefined);
  assert.equal(typeOfName('report'), undefined);
  assert.equal(typeOfName('صورة.jpg'), 'image/jpeg');
});

test('a converted file gets another ending', () => {
  assert.equal(nameWithEnding('photo.webp', 'image/jpeg'), 'photo.jpg');
  assert.equal(nameWithEnding('photo.of.me', 'image/jpeg'), 'photo.of.me.jpg');
  assert.equal(nameWithEnding('voice', 'audio/ogg; codecs=opus'), 'voice.ogg');
});

test('a type has one name', () => {
  assert.equal(plainType('Audio/OGG; codecs=opus'), 'audio/ogg');
  assert.equal(plainType('image/jpg'), 'image/jpeg');
  assert.equal(plainType('audio/x-m4a'), 'audio/mp4');
  for (const none of [undefined, '', 'jpeg', 'image/', '/png', 'a/b/c']) assert.equal(plainType(none), undefined);
});

test('lists of types may end in anything', () => {
  assert.ok(takesType(['*'], 'application/x-thing'));
  assert.ok(takesType(['video/*'], 'video/quicktime'));
  assert.ok(takesType(['audio/x-wav'], 'audio/wav'));
  assert.ok(!takesType(['video/*'], 'audio/mp4'));
  assert.ok(!takesType([], 'image/png'));
});

test('what the bytes say beats what is declared', async () => {
  const png = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex');
  assert.equal(await found(png, 'image/jpeg'), 'image/png');
  assert.equal(await found(png), 'image/png');
  assert.equal(await found(Buffer.from('%PDF-1.7\n'), 'image/png'), 'application/pdf');
  assert.equal(await found(Buffer.from('MZ\x90\0'), 'image/png'), 'application/x-msdownload');
  assert.equal(await found(Buffer.from([1, 2, 3, 4]), 'image/png'), 'application/octet-stream');
});

test('what is declared is believed where it is the more exact', () => {
  const word = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
  assert.equal(typeOfBinary('application/zip', word), word);
  assert.equal(typeOfBinary('application/zip', 'image/png'), 'application/zip');
  assert.equal(typeOfBinary('application/x-cfb', 'application/msword'), 'application/msword');
  assert.equal(typeOfBinary('video/mp4', 'audio/mp4'), 'audio/mp4');
  assert.equal(typeOfBinary('audio/ogg; codecs=opus', 'audio/ogg'), 'audio/ogg');
  assert.equal(typeOfBinary('application/gzip', 'application/x-tgsticker'), 'application/x-tgsticker');
  assert.equal(typeOfBinary('video/mp4', 'image/png'), 'video/mp4');
});

test('text is what it is declared as, unless a browser would run it', () => {
  assert.equal(typeOfText('text/csv; charset=utf-8'), 'text/csv');
  assert.equal(typeOfText(), 'text/plain');
  for (const active of ['text/html', 'image/svg+xml', 'application/xhtml+xml', 'text/javascript'])
    assert.equal(typeOfText(active), 'text/plain');
});

test('nothing declared makes anything that a browser would run', () => {
  fc.assert(
    fc.property(fc.option(fc.string(), { nil: undefined }), fc.boolean(), (declared, text) => {
      const type = typeOfContent({ text }, declared);
      assert.ok(/^(text\/(plain|csv|vcard|calendar)|application\/(json|octet-stream))$/.test(type), type);
    }),
  );
});

async function found(bytes: Uint8Array, declared?: string): Promise<string> {
  const signature = (await fileTypeFromBuffer(bytes))?.mime;
  return typeOfContent({ text: false, ...(signature && { signature }) }, declared);
}

function typeOfBinary(signature: string, declared: string): string {
  return typeOfContent({ signature, text: false }, declared);
}

function typeOfText(declared?: string): string {
  return typeOfContent({ text: true }, declared);
}
