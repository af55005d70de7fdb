import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { pictures, sharp } from '../support/wasm-sharp.ts';

const MB = 1024 * 1024;
const jpegOrPng = { types: ['image/jpeg', 'image/png'] as ('image/jpeg' | 'image/png')[], maxBytes: 5 * MB };

suite('pictures', () => {
  test('the build that runs here is the one that runs on Lambda', () => {
    assert.ok('emscripten' in sharp.versions);
  });

  test('a thumbnail is a small JPEG, turned as the EXIF says, and holds nothing else of it', async () => {
    const lying = await noise(900, 400)
      .withExif({ IFD0: { Make: 'Phone' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    assert.deepEqual(await pictures.look(lying), { width: 400, height: 900, animated: false });
    const thumbnail = await pictures.thumbnail(lying);
    assert.deepEqual([thumbnail?.mime, thumbnail?.width, thumbnail?.height], ['image/jpeg', 142, 320]);
    const made = await sharp(thumbnail?.bytes).metadata();
    assert.deepEqual([made.format, made.orientation, made.exif], ['jpeg', undefined, undefined]);
  });

  test('a picture that is small already is not made larger', async () => {
    const thumbnail = await pictures.thumbnail(await noise(20, 10).png().toBuffer());
    assert.deepEqual([thumbnail?.width, thumbnail?.height], [20, 10]);
  });

  for (const format of ['webp', 'avif', 'tiff', 'gif', 'png'] as const) {
    test(`${format} becomes JPEG`, async () => {
      const converted = await pictures.convert(await noise(64, 48).toFormat(format).toBuffer(), jpegOrPng);
      assert.equal(converted?.mime, 'image/jpeg');
      const made = await sharp(converted.bytes).metadata();
      assert.deepEqual([made.format, made.width, made.height], ['jpeg', 64, 48]);
    });
  }

  test('what is see-through stays so where it may, and is white where it may not', async () => {
    const glass = await sharp({
      create: { width: 8, height: 8, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    })
      .webp()
      .toBuffer();
    assert.equal((await pictures.convert(glass, jpegOrPng))?.mime, 'image/png');
    const white = await pictures.convert(glass, { ...jpegOrPng, types: ['image/jpeg'] });
    const { channels } = await sharp(white?.bytes).stats();
    assert.deepEqual(
      channels.map(({ min }) => min),
      [255, 255, 255],
    );
  });

  test('bytes and pixels are brought under the limits', async () => {
    const large = await noise(2000, 1500).png().toBuffer();
    const small = await pictures.convert(large, { ...jpegOrPng, maxBytes: 400 * 1024 });
    assert.ok(small && small.bytes.length <= 400 * 1024);
    const narrow = await pictures.convert(large, { ...jpegOrPng, maxSide: 512 });
    assert.deepEqual([narrow?.width, narrow?.height], [512, 384]);
    assert.equal(await pictures.convert(large, { ...jpegOrPng, maxBytes: 100 }), undefined);
  });

  test('a moving picture is known as one', async () => {
    const frames = await Promise.all([1, 2].map(() => noise(10, 10).png().toBuffer()));
    const gif = await sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer();
    assert.deepEqual(await pictures.look(gif), { width: 10, height: 10, animated: true });
  });

  test('what is no picture, or claims to be one of a billion pixels, is nothing', async () => {
    const bomb = Buffer.from(
      await sharp({ create: { width: 1, height: 1, channels: 3, background: 'red' } })
        .png()
        .toBuffer(),
    );
    bomb.writeUInt32BE(40_000, 16);
    bomb.writeUInt32BE(40_000, 20);
    for (const bytes of [
      Buffer.from('no picture'),
      Buffer.alloc(0),
      bomb,
      (await noise(50, 50).jpeg().toBuffer()).subarray(0, 300),
    ]) {
      assert.equal(await pictures.thumbnail(bytes), undefined);
      assert.equal(await pictures.convert(bytes, jpegOrPng), undefined);
    }
    assert.ok(
      await pictures.thumbnail(await noise(9, 9).png().toBuffer()),
      'and the next picture is made all the same',
    );
  });
});

function noise(width: number, height: number) {
  const create = { width, height, channels: 3, background: 'gray' } as const;
  return sharp({ create: { ...create, noise: { type: 'gaussian', mean: 128, sigma: 40 } } });
}
