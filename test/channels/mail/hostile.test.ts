import assert from 'node:assert/strict';
import test from 'node:test';
import { fc } from '../../support/properties.ts';
import { sanitise } from '@parley/core/channels/email/mail/html.ts';
import { textOfHtml } from '@parley/core/channels/email/mail/html-text.ts';
import { splitQuote } from '@parley/core/channels/email/mail/quote.ts';
import { processorMs, processorMsOf } from '../../support/processor-time.ts';
import { fileNamed, message, read } from './reading.ts';

const pieces = [
  'From: a@b.example',
  'From: <>',
  'To: x',
  'Subject: =?utf-8?B?////?=',
  'Message-ID: <>',
  'Message-ID: <a b@c>',
  'In-Reply-To: <x@y> <z@w>',
  'Content-Type: multipart/mixed; boundary=b',
  'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
  'Content-Type: text/html; charset=x-unknown',
  'Content-Type: message/delivery-status',
  'Content-Transfer-Encoding: base64',
  'Content-Transfer-Encoding: quoted-printable',
  'Content-Type: text/plain; charset=utf-7',
  '',
  '--b',
  '--b--',
  '=ZZ=\u0000',
  '<b><img src=cid:x>',
  'Final-Recipient: rfc822;a@b.example',
  'Action: failed',
  'Status: 5.1.1',
  'Return-Path: <>',
  'References: <' + 'x'.repeat(3000) + '@y>',
];

test('any lines that look like mail are read without a fault', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string()), { maxLength: 40 }), async (lines) => {
      const { mail } = await read(lines.join('\r\n'));
      if (mail.kind === 'report') await mail.otherwise();
      if (mail.kind !== 'message') return;
      assert.ok(mail.event.counterparty.identities[0].value.includes('@'));
      assert.ok(mail.event.providerMessageId.length <= 500 && mail.event.providerMessageId !== '');
    }),
    { numRuns: 300 },
  );
});

test('any bytes are read without a fault', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), async (bytes) => void (await read(new Uint8Array(bytes)))),
    { numRuns: 200 },
  );
});

/** Each is worked through within a second, or not at all. */
const large: [string, () => unknown][] = [
  ['200,000 nested tags', () => sanitise('<div>'.repeat(200_000))],
  ['200,000 nested tags as text', () => textOfHtml('<div>'.repeat(200_000))],
  ['5 MB of <', () => textOfHtml('<'.repeat(5_000_000))],
  ['200,000 characters as entities', () => textOfHtml('&amp;'.repeat(200_000))],
  ['200,000 spaces, nested too deeply', () => textOfHtml(`${'<p>'.repeat(40_000)}a${' '.repeat(200_000)}b`)],
  ['200,000 spaces in a line', () => splitQuote(`a${' '.repeat(200_000)}b`)],
  ['25,000 nested quotes', () => textOfHtml('<blockquote>'.repeat(25_000))],
  ['200,000 empty lines', () => splitQuote('\n'.repeat(200_000))],
  ['attributions without end', () => splitQuote('On 2026-01-01 10:00 a@b.example wrote:\n'.repeat(5000))],
  ['a line of 1 MB', () => splitQuote(`On ${'x '.repeat(500_000)}`)],
  ['headers without end', () => splitQuote('From: a\nTo: b\n\n'.repeat(60_000))],
];

for (const [what, work] of large) {
  test(`${what} takes little time`, () => {
    const took = processorMs(work);
    assert.ok(took < 3000, `${Math.round(took)} ms`);
  });
}

test('what is nested more deeply than any mail still gives its words', () => {
  assert.equal(textOfHtml(nested(499)), '> > > > > a b\nafter');
  assert.match(sanitise(nested(499)) ?? '', /a b<.*<p>after<\/p>$/);
  assert.match(textOfHtml(nested(501)), /^a\s+b\s+after$/);
  assert.equal(sanitise(nested(501)), undefined);
});

function nested(quotes: number): string {
  return `${'<blockquote><div>'.repeat(quotes)}a <b>b</b>${'</div></blockquote>'.repeat(quotes)}<p>after`;
}

test('more parts than a person attaches are left in the original', async () => {
  const part = '--m\nContent-Type: text/plain\nContent-Disposition: attachment\n\nx\n';
  const { email } = await message(
    `From: a@b.example\nContent-Type: multipart/mixed; boundary=m\n\n${part.repeat(3000)}--m--\n`,
  );
  assert.equal(email.attachments.length, 100);
});

for (const [count, isRead] of [
  [10_000, true],
  [100_000, false],
] as const) {
  test(`${count} headers: ${isRead ? 'read' : 'kept, unread'}`, async () => {
    const headers = Array.from({ length: count }, (_, index) => `X-Header-${index}: value\n`).join('');
    const took = await processorMsOf(async () => {
      const { email } = await message(`From: a@b.example\nSubject: s\n${headers}\nwords\n`);
      assert.deepEqual([email.subject, email.text], ['s', isRead ? 'words' : '']);
    });
    assert.ok(took < 5000, `${Math.round(took)} ms`);
  });
}

test('a name of a file never steers, wherever it was hidden', async () => {
  const piece = fc.constantFrom(
    '..',
    '/',
    '\\',
    '\u202e',
    '\u2066',
    '\0',
    '\r\n',
    ' ',
    'a',
    '.pdf',
    'ف',
    '=?utf-8?Q?=0A?=',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
      const encoded = encodeURIComponent(pieces.join(''));
      const { email } = await message(
        `From: a@b.example\nContent-Type: multipart/mixed; boundary=m\n\n--m\nContent-Disposition: attachment; filename*=utf-8''${encoded}\n\nx\n--m--\n`,
      );
      const name = email.attachments[0]?.filename ?? '';
      assert.match(name, /^[^/\\\p{Cc}\u2028-\u202e\u2066-\u2069]+$/u);
      assert.doesNotMatch(name, /^\./);
    }),
    { numRuns: 200 },
  );
});

const payloads = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg><script>alert(1)</script></svg>',
  '<a href="javascript:alert(1)">x</a>',
  '<a href=" jAvAsCrIpT&#58;alert(1)">x</a>',
  '<iframe src="https://x"></iframe>',
  '<form action="https://x"><input name=p></form>',
  '<style>body{background:url(https://x)}</style>',
  '<div style="background:url(https://x);position:fixed;color:red">x</div>',
  '<base href="https://x/">',
  '<meta http-equiv=refresh content="0;url=https://x">',
  '<object data="https://x"></object>',
  '<embed src=x>',
  '<link rel=stylesheet href="https://x">',
  '<video poster="https://x/p.png" src="https://x"></video>',
  '<a href="data:text/html,<script>1</script>">x</a>',
  '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>',
  '<img srcset="https://x 1x">',
  '<td background="https://x">y</td>',
  '<img src="//x/y.png">',
];

test('nothing in HTML runs, loads or covers the page', () => {
  for (const payload of payloads) {
    const clean = sanitise(`<p>words</p>${payload}`) ?? '';
    assert.match(clean, /^<p>words<\/p>/, payload);
    assert.doesNotMatch(
      clean,
      /<(?:script|style|iframe|form|input|base|meta|object|embed|link|video|svg|math)|\son\w+=|javascript:|data:|url\(|position|srcset|background=|\ssrc=/i,
      `${payload} -> ${clean}`,
    );
  }
  assert.equal(
    sanitise('<div style="background:url(https://x);position:fixed;color:red">x</div>'),
    '<div style="color:red">x</div>',
  );
});

test('clean HTML is the same when it is cleaned again', async () => {
  const { files } = await message(
    'From: a@b.example\nContent-Type: text/html\n\n<p dir=rtl>a<b>c</b> <a href="https://x.example/?a=1&b=2">d</a><img src="https://x/y.png">',
  );
  const html = fileNamed(files, 'body.html');
  assert.equal(sanitise(html), html);
});
