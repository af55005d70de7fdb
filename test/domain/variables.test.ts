import assert from 'node:assert/strict';
import test from 'node:test';
import type { Entity } from '@parley/core/domain/body.ts';
import { joinValues, render, renderHtml, renderUrl, variablesIn } from '@parley/core/domain/variables.ts';

const values = { first_name: 'Mona', order: '#12', 'order.total': '12.50', الاسم: 'منى', empty: ' ' };

function said(text: string): string {
  const rendered = render(text, undefined, values);
  assert.ok(rendered.ok, JSON.stringify(rendered));
  return rendered.text;
}

test('variables are written with one brace or two', () => {
  for (const [text, words] of [
    ['Hello {{first_name}}', 'Hello Mona'],
    ['Hello {first_name}', 'Hello Mona'],
    ['{{ first_name }}{order}', 'Mona#12'],
    ['{{order.total}} EGP', '12.50 EGP'],
    ['{{{first_name}}}', '{Mona}'],
    ['{first_name}}', 'Mona}'],
    ['', ''],
  ] as const)
    assert.equal(said(text), words, text);
});

test('a default stands where there is no value', () => {
  assert.equal(said('Hi {{name|there}}, {{first_name|there}}, {{empty|you}}'), 'Hi there, Mona, you');
  assert.equal(said('{{name|}}.'), '.');
  assert.equal(said('{{ name |a b }}'), 'a b ');
});

test('a brace that names no variable stays as it is written', () => {
  for (const text of [
    '{}',
    '{{}}',
    '{ first_name }',
    '{"a":1}',
    '{{first_name}',
    'f(x) { return x; }',
    '{a|b}',
    '{{a b}}',
    '}}{{',
  ])
    assert.equal(said(text), text, text);
});

test('what stands in quotes between two braces is written as it is', () => {
  assert.equal(said('Write {{"{{first_name}}"}} or {{ "{x}" }}'), 'Write {{first_name}} or {x}');
  assert.deepEqual(variablesIn('{{"{{a}}"}} {b} {{c|d}} {b}'), ['b', 'c']);
});

test('what has no value is named, once', () => {
  assert.deepEqual(render('{{a}} {b} {{a}} {{empty}} {{first_name}}', undefined, values), {
    ok: false,
    missing: ['a', 'b', 'empty'],
  });
  for (const name of ['__proto__', 'toString', 'constructor'])
    assert.deepEqual(render(`{{${name}}}`, undefined, values), { ok: false, missing: [name] });
});

test('Arabic names, Arabic text, and marks of direction within the braces', () => {
  assert.equal(said('مرحبا {{الاسم}}، طلبك {order}'), 'مرحبا منى، طلبك #12');
  assert.equal(said('مرحبا {{\u200f first_name\u200e}} {\u200ffirst_name\u200f}'), 'مرحبا Mona Mona');
  assert.equal(said('مرحبا {{اسم|عميلنا العزيز}}'), 'مرحبا عميلنا العزيز');
  assert.deepEqual(render('{{اسم}}', undefined, values), { ok: false, missing: ['اسم'] });
});

test('formatting stays with its words', () => {
  const text = 'Dear {{first_name}}, order {{order}} is ready';
  const entities: Entity[] = [
    { type: 'bold', offset: 5, length: 14 },
    { type: 'italic', offset: 21, length: 5 },
    { type: 'code', offset: 0, length: text.length },
    { type: 'underline', offset: 30, length: 15 },
    { type: 'spoiler', offset: 8, length: 2 },
  ];
  const rendered = render(text, entities, values);
  assert.ok(rendered.ok);
  const parts = rendered.entities?.map(({ offset, length }) => rendered.text.slice(offset, offset + length));
  assert.deepEqual(parts, ['Mona', 'order', 'Dear Mona, order #12 is ready', '#12 is ready', 'Mona']);
});

test('formatting of nothing is gone', () => {
  const entities: Entity[] = [{ type: 'bold', offset: 0, length: 6 }];
  assert.deepEqual(render('{{a|}}b', entities, {}), { ok: true, text: 'b', entities: [] });
});

test('a value in a link does not change where the link leads', () => {
  assert.deepEqual(renderUrl('https://a.example/{{order}}?n={first_name}', values), {
    ok: true,
    text: 'https://a.example/%2312?n=Mona',
  });
  const entities: Entity[] = [{ type: 'text_link', offset: 0, length: 4, url: 'https://a.example/{{x}}' }];
  assert.deepEqual(render('here', entities, {}), { ok: false, missing: ['x'] });
  const linked = render('here', entities, { x: '../b' });
  assert.deepEqual(linked.ok && linked.entities, [{ ...entities[0], url: 'https://a.example/..%2Fb' }]);
});

test('a value in HTML is no markup', () => {
  assert.deepEqual(renderHtml('<b>{{a}}</b>{{b|<i>x</i>}}', { a: '<img src=x onerror="y">&' }), {
    ok: true,
    text: '<b>&#60;img src=x onerror=&#34;y&#34;&#62;&#38;</b><i>x</i>',
  });
});

test('values of several sources: the last that has words counts', () => {
  assert.deepEqual(joinValues({ a: '1', b: '2' }, undefined, { a: '3', b: ' ', c: undefined }), { a: '3', b: '2' });
});
