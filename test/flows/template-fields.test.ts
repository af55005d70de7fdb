import assert from 'node:assert/strict';
import test from 'node:test';
import type { Body } from '@parley/core/domain/body.ts';
import { parseSendRequest } from '@parley/core/flows/send/request.ts';

const url = 'https://example.com/a.png';
const named = { name: 'order_update', language: 'en_US' };

function bodyOf(request: object): Body | undefined {
  const parsed = parseSendRequest({ to: '+201000000001', ...request });
  assert.ok(parsed.ok, JSON.stringify(parsed));
  return parsed.value.body;
}

function refusalOf(request: object): string {
  const parsed = parseSendRequest({ to: '+201000000001', ...request });
  assert.ok(!parsed.ok);
  assert.equal(parsed.problem.status, 400);
  return parsed.problem.message;
}

test('a template is read with its header, its values and its buttons', () => {
  const media = { status: 'ready', link: url };
  const read: [given: object, kept: object][] = [
    [{}, {}],
    [{ parameters: ['a'] }, { parameters: ['a'] }],
    [{ header: { parameters: { a: 'b' } } }, { header: { parameters: { a: 'b' } } }],
    [{ header: { type: 'image', url } }, { header: { type: 'image', media } }],
    [
      { header: { type: 'document', url, filename: 'a.pdf' } },
      { header: { type: 'document', media: { ...media, filename: 'a.pdf' } } },
    ],
    [{ header: { latitude: 1, longitude: 2 } }, { header: { latitude: 1, longitude: 2 } }],
    [
      {
        buttons: [
          { index: 0, payload: 'P' },
          { index: 1, url: 'x' },
        ],
      },
      {
        buttons: [
          { index: 0, payload: 'P' },
          { index: 1, url: 'x' },
        ],
      },
    ],
  ];
  for (const [given, kept] of read)
    assert.deepEqual(bodyOf({ template: { ...named, ...given } }), {
      type: 'template',
      template: { ...named, ...kept },
    });
});

test('what is wrong with a template is named', () => {
  const wrong: [given: object, words: RegExp][] = [
    [{ header: {} }, /'template\.header\.parameters' is required/],
    [{ header: { type: 'audio', url } }, /'template\.header\.type': must be one of image, video, document/],
    [{ header: { type: 'image' } }, /'template\.header\.url' is required|must be a string/],
    [{ header: { type: 'image', url: 'file:///a' } }, /'template\.header\.url': must be an http/],
    [{ header: { latitude: 91, longitude: 0 } }, /'template\.header\.latitude': must be a number from -90 to 90/],
    [{ header: { latitude: 1, longitude: 0, url } }, /'template\.header': has no field 'latitude'/],
    [{ buttons: [] }, /'template\.buttons': must have 1 to 10 items/],
    [{ buttons: [{ index: 10, url: 'x' }] }, /'template\.buttons\.0\.index': must be a whole number from 0 to 9/],
    [{ buttons: [{ index: 0 }] }, /'template\.buttons\.0': must have one of url, payload and code/],
    [{ buttons: [{ index: 0, url: 'x', code: 'y' }] }, /'template\.buttons\.0': must have one of/],
    [{ buttons: [{ index: 0, code: 'x'.repeat(21) }] }, /'template\.buttons\.0\.code': must have 1 to 20 characters/],
  ];
  for (const [given, words] of wrong) assert.match(refusalOf({ template: { ...named, ...given } }), words);
});

test('a file can stand above buttons, and a customer can be asked where they are', () => {
  const buttons = [{ id: 'a', title: 'A' }];
  const file = { type: 'video', url };
  const body = bodyOf({ message: 'Pick', interactive: { kind: 'buttons', buttons, file } });
  assert.deepEqual(body?.type === 'interactive' && body.interactive, {
    kind: 'buttons',
    buttons,
    file: { type: 'video', media: { status: 'ready', link: url } },
  });
  const asked = bodyOf({ message: 'Where?', interactive: { kind: 'location_request' } });
  assert.deepEqual(asked?.type === 'interactive' && asked.interactive, { kind: 'location_request' });
  assert.match(
    refusalOf({ message: 'Pick', interactive: { kind: 'list', button: 'b', sections: [{ rows: buttons }], file } }),
    /'interactive': has no field 'file'/,
  );
});
