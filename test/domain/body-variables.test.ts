import assert from 'node:assert/strict';
import test from 'node:test';
import type { Body } from '@parley/core/domain/body.ts';
import { renderBody, variablesOf } from '@parley/core/domain/body-variables.ts';

const values = { name: 'Mona', order: 'A/12', title: 'Yes', place: 'القاهرة' };

function filled(body: Body): Body {
  const rendered = renderBody(body, values);
  assert.ok(rendered.ok, JSON.stringify(rendered));
  return rendered.body;
}

test('words, titles, links and what a template is filled with are all read', () => {
  assert.deepEqual(
    filled({
      type: 'interactive',
      text: 'Hi {{name}}',
      entities: [{ type: 'bold', offset: 3, length: 8 }],
      interactive: { kind: 'buttons', buttons: [{ id: '{{order}}', title: '{title}' }], footer: '{{x|none}}' },
    }),
    {
      type: 'interactive',
      text: 'Hi Mona',
      entities: [{ type: 'bold', offset: 3, length: 4 }],
      interactive: { kind: 'buttons', buttons: [{ id: 'A/12', title: 'Yes' }], footer: 'none' },
    },
  );
  const link = 'https://a.example/{{order}}.png';
  assert.deepEqual(filled({ type: 'image', media: { status: 'ready', link }, text: '{order}' }), {
    type: 'image',
    media: { status: 'ready', link: 'https://a.example/A%2F12.png' },
    text: 'A/12',
  });
  const template = { name: 'a', language: 'en', parameters: ['{{name}}'], buttons: [{ index: 0, url: 'o/{{order}}' }] };
  assert.deepEqual(filled({ type: 'template', template }), {
    type: 'template',
    template: { name: 'a', language: 'en', parameters: ['Mona'], buttons: [{ index: 0, url: 'o/A/12' }] },
  });
  assert.deepEqual(filled({ type: 'location', latitude: 30, longitude: 31, name: '{{place}}' }), {
    type: 'location',
    latitude: 30,
    longitude: 31,
    name: 'القاهرة',
  });
});

test('every missing name of a body is told, once', () => {
  const body: Body = { type: 'contacts', contacts: [{ name: '{{a}} {b}', phones: ['{{a}}', '{{c|+20100}}'] }] };
  assert.deepEqual(renderBody(body, {}), { ok: false, missing: ['a', 'b'] });
  assert.deepEqual(variablesOf(body), ['a', 'b', 'c']);
});

test('a body without variables stays what it is', () => {
  const body: Body = { type: 'text', text: 'a { b } {"c":1}', entities: [{ type: 'code', offset: 0, length: 3 }] };
  assert.deepEqual(filled(body), body);
});
