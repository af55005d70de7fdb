import assert from 'node:assert/strict';
import test from 'node:test';
import { splitQuote } from '@parley/core/channels/email/mail/quote.ts';
import { textOfHtml } from '@parley/core/channels/email/mail/html-text.ts';
import { answerSubject, isAnswer, topicOf } from '@parley/core/domain/mail-subject.ts';

/** What programs write above what they quote. */
const attributions = [
  'On Fri, Nov 20, 2026 at 10:12 AM Mona Hassan <mona@x.example> wrote:',
  'On Fri, Nov 20, 2026 at 10:12 AM Mona Hassan with a name as long as this\n<mona@x.example>\nwrote:',
  'Am 20.11.2026 um 10:12 schrieb Mona Hassan:',
  'Le ven. 20 nov. 2026 à 10:12, Mona Hassan <mona@x.example> a écrit :',
  'El vie, 20 nov 2026 a las 10:12, Mona (<mona@x.example>) escribió:',
  'Il giorno ven 20 nov 2026 alle ore 10:12 Mona <mona@x.example> ha scritto:',
  'pt., 20 lis 2026 o 10:12 Mona <mona@x.example> napisał(a):',
  'пт, 20 нояб. 2026 г. в 10:12, Mona <mona@x.example>:',
  '2026年11月20日(金) 10:12 Mona <mona@x.example>:',
  'Mona <mona@x.example> 于2026年11月20日周五 10:12写道：',
  'في الجمعة، 20 نوفمبر 2026 في 10:12 ص تمت كتابة ما يلي بواسطة Mona <mona@x.example>:',
  '\u200fفي ٢٠ نوفمبر ٢٠٢٦، الساعة ١٠:١٢، كتبت منى:',
  '\u202bفي الجمعة، 20 نوفمبر 2026 في 10:12 ص تمت كتابة ما يلي بواسطة \u202aMona\u202c\u200f <\u202amona@x.example\u202c\u200f>:\u202c',
  'كتب الدعم <support@nile.example>:',
  'الدعم كتب:',
];

for (const attribution of attributions) {
  test(`takes the quote below «${attribution.slice(0, 40).replaceAll('\n', ' ')}»`, () => {
    const split = splitQuote(`Thanks!\n\n${attribution}\n\n> Your order left.\n> It comes soon.\n`);
    assert.equal(split.text, 'Thanks!');
    assert.equal(split.quoted, `${attribution}\n\n> Your order left.\n> It comes soon.`);
  });
}

const outlook =
  'From: Nile Coffee <support@nile.example>\nSent: Friday, 20 November 2026 10:12\nTo: Mona\nSubject: RE: Order\n\nYour order left.';

for (const [what, text, own] of [
  ['the headers that Outlook writes out', `Thanks!\n\n________________________________\n${outlook}`, 'Thanks!'],
  ['bold headers', `Thanks!\n\n${outlook.replaceAll(/^(\w+:)/gm, '*$1*')}`, 'Thanks!'],
  [
    'Arabic headers',
    'شكرا\n\nمن: الدعم <support@nile.example>\nتاريخ الإرسال: 20 نوفمبر\nإلى: منى\nالموضوع: طلب\n\nنص',
    'شكرا',
  ],
  [
    'Arabic headers behind marks of direction',
    'شكرا\n\n\u200f\u200fمن: الدعم <support@nile.example>\n\u200f\u200fتم الإرسال: الجمعة\n\u200f\u200fإلى: منى\n\u200f\u200fالموضوع: رد: طلب\n\nنص',
    'شكرا',
  ],
  ['the rule of an Arabic original', 'شكرا\n\n-----الرسالة الأصلية-----\nنص', 'شكرا'],
  ['what a telephone adds in Arabic', 'شكرا\n\nتم الإرسال من هاتف Samsung Galaxy الذكي.', 'شكرا'],
  [
    'what Outlook on a telephone adds',
    'شكرا\n\nالحصول على Outlook لـ iOS\n________________________________\nمن: الدعم\nتم الإرسال: الجمعة\nإلى: منى\nالموضوع: طلب\n\nنص',
    'شكرا',
  ],
  ['the rule of an original message', 'Thanks!\n\n-----Original Message-----\nanything', 'Thanks!'],
  ['a quote at the end', 'Thanks!\n\n> You wrote this\n> and that', 'Thanks!'],
  ['a quote above the answer', '> You wrote this\n> and that\n\nThanks!', 'Thanks!'],
  ['an answer below the quote', 'On 20.11.2026 at 10:12 Mona wrote:\n> a question\n\nThe answer', 'The answer'],
  ['a signature', 'Thanks!\n-- \nMona\nNile', 'Thanks!'],
  ['what a telephone adds', 'Thanks!\n\nSent from my iPhone', 'Thanks!'],
] as const) {
  test(`takes ${what}`, () => assert.equal(splitQuote(text).text, own));
}

for (const text of [
  'Delivery at 10:30:\nleave it at the door',
  'كتبت لكم أمس:\nأين الطلب؟',
  'My data\nName: Mona\nStreet: 1 Nile\nPhone: 123',
  'The list:\n- one\n- two\n--\n',
  '> only a quote',
  'Two points:\n\n> first\n\nyes\n\n> second\n\nno',
  'Sent from my iPhone',
]) {
  test(`leaves «${text.slice(0, 30).replaceAll('\n', ' ')}» whole`, () => {
    const split = splitQuote(text);
    assert.equal(split.text.replaceAll(/\s+$/g, ''), text.replace(/\n--\n$/, '').trim());
  });
}

test('HTML quotes become quotes', () => {
  const html =
    '<div dir="rtl">شكراً</div><br><div class="gmail_quote">On Fri, Nov 20, 2026 at 10:12 AM Mona &lt;mona@x.example&gt; wrote:<br></div><blockquote><div>Your order</div><div>left</div></blockquote><style>p{}</style>';
  assert.deepEqual(splitQuote(textOfHtml(html)).text, 'شكراً');
  assert.equal(textOfHtml('<ul><li>a<li>b</ul><table><tr><td>1<td>2</table>'), '- a\n- b\n1 2');
});

test('subjects of answers', () => {
  assert.equal(answerSubject('RE: Fwd: AW: Order 17'), 'Re: Order 17');
  assert.equal(answerSubject('رد: طلب'), 'Re: طلب');
  assert.equal(answerSubject('Regarding it'), 'Re: Regarding it');
  assert.deepEqual([topicOf('Re: [Shop] Order 17'), topicOf('order  17')], ['order 17', 'order 17']);
  assert.deepEqual([topicOf('Re: Hello'), topicOf('Re:')], [undefined, undefined]);
  assert.deepEqual([isAnswer('AW: x'), isAnswer('Reise nach Rom'), isAnswer('回复：x')], [true, false, true]);
});
