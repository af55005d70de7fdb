import assert from 'node:assert/strict';
import test from 'node:test';
import { bytes, fileNamed, message, read } from './reading.ts';

const head = (more = '', from = 'Mona Hassan <mona@customers.example>') =>
  `From: ${from}\nTo: support@nile.example\nSubject: Hello\nMessage-ID: <a1@customers.example>\nMIME-Version: 1.0\n${more}`;

test('plain words', async () => {
  const { event, email, files } = await message(`${head('Content-Type: text/plain; charset=utf-8\n')}\nHello there\n`);
  assert.equal(event.providerMessageId, 'a1@customers.example');
  assert.deepEqual(event.counterparty, {
    identities: [{ kind: 'email', value: 'mona@customers.example' }],
    name: 'Mona Hassan',
  });
  assert.deepEqual([email.subject, email.text, email.attachments, email.html], ['Hello', 'Hello there', [], undefined]);
  assert.equal(event.providerAt, undefined);
  assert.deepEqual(
    files.map(({ name }) => name),
    ['original.eml'],
  );
});

test('Arabic in windows-1256, subject and name encoded, right to left', async () => {
  // «مرحبا» and «شكرا» in windows-1256
  const raw = bytes(
    'From: =?windows-1256?B?4+Ts?= <mona@customers.example>\nTo: support@nile.example\nSubject: =?windows-1256?Q?=E3=D1=CD=C8=C7?=\n' +
      'Message-ID: <ar@customers.example>\nMIME-Version: 1.0\nContent-Type: text/plain; charset=windows-1256\nContent-Transfer-Encoding: 8bit\n\n\xe3\xd1\xcd\xc8\xc7\n\n\xd4\xdf\xd1\xc7\n',
  );
  const { event, email } = await message(raw);
  assert.deepEqual([event.counterparty.name, email.subject, email.text], ['منى', 'مرحبا', 'مرحبا\n\nشكرا']);
});

test('Arabic HTML keeps its direction, and its words are its text', async () => {
  const { email, files } = await message(
    `${head('Content-Type: text/html; charset=utf-8\n')}\n<div dir="rtl" style="text-align:right"><p>أين طلبي؟</p><p>شكراً</p></div>`,
  );
  assert.equal(email.text, 'أين طلبي؟\n\nشكراً');
  assert.equal(
    fileNamed(files, 'body.html'),
    '<div dir="rtl" style="text-align:right"><p>أين طلبي؟</p><p>شكراً</p></div>',
  );
});

test('words, HTML with a picture inside, and a file', async () => {
  const raw = `${head('Content-Type: multipart/mixed; boundary=m\n')}
--m
Content-Type: multipart/related; boundary=r

--r
Content-Type: multipart/alternative; boundary=a

--a
Content-Type: text/plain; charset=utf-8

See the picture
--a
Content-Type: text/html; charset=utf-8

<p>See <img src="cid:logo%40x" alt="Logo"><img src="https://spy.example/p.gif"><img src="data:image/png;base64,AA=="></p>
--a--
--r
Content-Type: image/png
Content-ID: <logo@x>
Content-Disposition: inline; filename=logo.png
Content-Transfer-Encoding: base64

iVBORw0KGgo=
--r--
--m
Content-Type: application/pdf; name="=?utf-8?B?2YHYp9iq2YjYsdipLnBkZg==?="
Content-Disposition: attachment; filename*=utf-8''%D9%81%D8%A7%D8%AA%D9%88%D8%B1%D8%A9.pdf
Content-Transfer-Encoding: base64

JVBERi0xLjQK
--m--
`;
  const { email, files } = await message(raw);
  assert.equal(email.text, 'See the picture');
  assert.deepEqual(
    email.attachments.map(({ filename, mime, contentId, status }) => [filename, mime, contentId, status]),
    [
      ['logo.png', 'image/png', 'logo@x', 'ready'],
      ['فاتورة.pdf', 'application/pdf', undefined, 'ready'],
    ],
  );
  const html = fileNamed(files, 'body.html');
  assert.equal(
    html,
    '<p>See <img alt="Logo" data-cid="logo@x" /><img alt="" data-src="https://spy.example/p.gif" /><img alt="" /></p>',
  );
});

test('an invitation is a file that can be opened', async () => {
  const raw = `${head('Content-Type: multipart/alternative; boundary=a\n')}
--a
Content-Type: text/plain

Meet us
--a
Content-Type: text/calendar; method=REQUEST; charset=utf-8

BEGIN:VCALENDAR
END:VCALENDAR
--a--
`;
  const { email } = await message(raw);
  assert.equal(email.text, 'Meet us');
  assert.deepEqual(
    email.attachments.map(({ filename, mime }) => [filename, mime]),
    [['invite.ics', 'text/calendar']],
  );
});

test('a mail inside a mail stays a file and says nothing itself', async () => {
  const raw = `${head('Content-Type: multipart/mixed; boundary=m\n')}
--m
Content-Type: text/plain

See below
--m
Content-Type: message/rfc822

From: other@x.example
Subject: Inner

Inner words
--m--
`;
  const { email } = await message(raw);
  assert.equal(email.text, 'See below');
  assert.deepEqual(
    email.attachments.map(({ mime }) => mime),
    ['message/rfc822'],
  );
});

function fileCalled(name: string): string {
  return `--m\nContent-Type: text/plain\nContent-Disposition: attachment; filename="${name}"\n\nx\n`;
}

test('a file name leads nowhere and reads the way it is', async () => {
  const names = ['../../etc/passwd', 'C:\\\\x\\\\y.exe', 'a\u202egnp.exe', '...', ''];
  const { email } = await message(
    `${head('Content-Type: multipart/mixed; boundary=m\n')}\n${names.map(fileCalled).join('')}--m--\n`,
  );
  assert.deepEqual(
    email.attachments.map(({ filename }) => filename),
    ['passwd', 'y.exe', 'a gnp.exe', 'text.txt', 'text.txt'],
  );
});

test('without a Message-ID the bytes are its name', async () => {
  const raw = 'From: mona@customers.example\nSubject: x\n\nwords\n';
  const [one, again, another] = [await message(raw), await message(raw), await message(`${raw}more\n`)];
  assert.match(one.event.providerMessageId, /^[0-9a-f]{64}@sha256$/);
  assert.equal(one.event.providerMessageId, again.event.providerMessageId);
  assert.notEqual(one.event.providerMessageId, another.event.providerMessageId);
});

test('a form on the own site writes for the customer in Reply-To', async () => {
  const { event } = await message(
    `${head('Reply-To: Mona <mona@customers.example>\n', 'Site <support@nile.example>')}\nHi\n`,
  );
  assert.deepEqual(event.counterparty, {
    identities: [{ kind: 'email', value: 'mona@customers.example' }],
    name: 'Mona',
  });
});

test('copies are those who are not us', async () => {
  const { email } = await message(
    `${head('Cc: Support@nile.example, Omar <omar@x.example>, Team: a@x.example, b@x.example;\n')}\nHi\n`,
  );
  assert.deepEqual(email.cc, ['omar@x.example', 'a@x.example', 'b@x.example']);
});

test('words that are not seen are none: those of the HTML count', async () => {
  const raw = `${head('Content-Type: multipart/alternative; boundary=b\n')}\n--b\nContent-Type: text/plain; charset=utf-8\n\n \u00a0\u200b\u200f\n--b\nContent-Type: text/html\n\n<p>Real words</p>\n--b--\n`;
  assert.equal((await message(raw)).email.text, 'Real words');
});

test('flowed lines are one line, and the answer below a quote stays an answer', async () => {
  const raw = `${head('Content-Type: text/plain; charset=utf-8; format=flowed\n')}\n> Which one \n> do you want?\n\nThe one that \nis blue.\n`;
  assert.equal((await message(raw)).email.text, 'The one that is blue.');
});

test('what Outlook packs into winmail.dat, alone or beside words, is there as a file', async () => {
  const part = 'Content-Type: application/ms-tnef; name="winmail.dat"\nContent-Transfer-Encoding: base64\n';
  const alone = (await message(`${head(part)}\neJ8+IgAA\n`)).email;
  const mixed = `${head('Content-Type: multipart/mixed; boundary=m\n')}\n--m\nContent-Type: text/plain\n\nWords\n--m\n${part}\neJ8+IgAA\n--m--\n`;
  const beside = (await message(mixed)).email;
  assert.deepEqual([alone.text, beside.text], ['', 'Words']);
  for (const { attachments } of [alone, beside])
    assert.deepEqual(
      attachments.map(({ filename, mime, size }) => [filename, mime, size]),
      [['winmail.dat', 'application/ms-tnef', 6]],
    );
});

test('nothing in an encoded word begins a line of its own', async () => {
  const raw = `From: =?utf-8?Q?Mona=0D=0A=E2=80=AEgnp?= <mona@customers.example>\nSubject: =?utf-8?Q?a=0D=0ABcc:_x@y.example?=\nContent-Type: multipart/mixed; boundary=m\n\n--m\nContent-Disposition: attachment; filename="=?utf-8?Q?a=0D=0AX:_y?=.pdf"\n\nx\n--m--\n`;
  const { event, email } = await message(raw);
  assert.deepEqual(
    [event.counterparty.name, email.subject, email.attachments[0]?.filename],
    ['Mona gnp', 'a Bcc: x@y.example', 'a X: y.pdf'],
  );
});

test('what can not be parsed is there all the same, with the original', async () => {
  const nested = Array.from(
    { length: 300 },
    (_, depth) => `--b${depth}\nContent-Type: multipart/mixed; boundary=b${depth + 1}\n\n`,
  ).join('');
  const { event, email, files } = await message(`${head('Content-Type: multipart/mixed; boundary=b0\n')}\n${nested}`);
  assert.equal(event.providerMessageId, 'a1@customers.example');
  assert.deepEqual([email.subject, email.text, email.original?.status], ['Hello', '', 'ready']);
  assert.equal(files.length, 1);
});

test('no sender at all is not a message', async () => {
  const { mail } = await read('Subject: x\n\nwords\n', { from: '', to: ['support@nile.example'] });
  assert.equal(mail.kind, 'unreadable');
});
