import assert from 'node:assert/strict';
import test from 'node:test';
import { message } from './reading.ts';

const head = (more = '') =>
  `From: Mona Hassan <mona@customers.example>\nTo: support@nile.example\nSubject: Hello\nMessage-ID: <a1@customers.example>\nMIME-Version: 1.0\n${more}`;

for (const [what, header] of [
  ['Auto-Submitted', 'Auto-Submitted: auto-replied'],
  ['Precedence', 'Precedence: bulk'],
  ['a null return path', 'Return-Path: <>'],
  ['an old vacation program', 'X-Autoreply: yes'],
  ['a list', 'List-Id: <news.x.example>'],
] as const) {
  test(`${what} says that no person wrote`, async () => {
    assert.equal((await message(`${head(`${header}\n`)}\nAway\n`)).email.automatic, true);
  });
}

for (const subject of [
  '\u200fرد تلقائي: طلب',
  'الرد الآلي: إجازة',
  'إجابة تلقائية',
  '[رد تلقائي] طلب',
  'أنا خارج المكتب حتى الأحد',
  'Automatic reply: Order',
]) {
  test(`«${subject}» says that no person wrote`, async () => {
    const { email } = await message(`${head().replace('Subject: Hello', `Subject: ${subject}`)}\nAway\n`);
    assert.equal(email.automatic, true);
  });
}

for (const subject of ['RE: Automatic reply: Order', 'رد: رد تلقائي', 'هل أنتم خارج المكتب؟', 'رد تلقائيا على طلبي']) {
  test(`«${subject}» is a person's`, async () => {
    const { email } = await message(`${head().replace('Subject: Hello', `Subject: ${subject}`)}\nHi\n`);
    assert.equal(email.automatic, undefined);
  });
}

test('who wants no automatic answer is no automatic answer', async () => {
  const { email } = await message(`${head('X-Auto-Response-Suppress: All\nAuto-Submitted: no\n')}\nHi\n`);
  assert.equal(email.automatic, undefined);
});
