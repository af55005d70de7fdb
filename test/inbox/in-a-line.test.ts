import assert from 'node:assert/strict';
import test from 'node:test';
import type { MessageRow } from '../../inbox/src/api/rows.ts';
import { arabic } from '../../inbox/src/i18n/ar.ts';
import { english } from '../../inbox/src/i18n/en.ts';
import { gistOf, lineOf } from '../../inbox/src/text/gist.ts';
import { at, messageRow } from './rows.ts';

const line = (over: Partial<MessageRow>, text = english) => lineOf(text, gistOf(messageRow('m', 0, over)));

test('a message without words is said by its kind, in the reader’s language', () => {
  assert.equal(line({ type: 'image', message: null }), 'Photo');
  assert.equal(line({ type: 'image', message: null }, arabic), 'صورة');
  assert.equal(line({ type: 'audio', message: null }), 'Voice message');
  assert.equal(line({ type: 'location', message: null }), 'Location');
  assert.equal(line({ type: 'location', message: 'The shop' }), 'Location: \u2068The shop\u2069');
  assert.equal(line({ type: 'image', message: 'The shop' }), 'The shop');
});

test('a document is called by its name, a sound by its own if it has one', () => {
  const media = {
    type: 'document',
    mime: null,
    filename: 'March.pdf',
    size: 1,
    url: null,
    status: 'ready',
    error: null,
  };
  assert.equal(
    line({ type: 'document', message: null, media: media as MessageRow['media'] }),
    'Document: \u2068March.pdf\u2069',
  );
  assert.equal(lineOf(arabic, { type: 'audio', event: null, words: 'song.mp3' }), 'مقطع صوتي: \u2068song.mp3\u2069');
});

test('notices, reactions, what was taken back and what a channel does not show have words of their own', () => {
  assert.equal(
    line({ type: 'system', event: 'pinned_message', message: 'A message was pinned' }, arabic),
    'ثُبّتت رسالة',
  );
  assert.equal(line({ type: 'system', event: 'strange', message: 'Something strange' }, arabic), 'Something strange');
  assert.equal(line({ type: 'reaction', message: '👍' }), 'Reacted with 👍');
  assert.equal(line({ type: 'reaction', message: null }), english.reactionRemoved);
  assert.equal(line({ deleted_at: at(1), message: 'gone' }), english.notices['deleted']);
  const withheld = { type: 'unsupported', event: 'im_receive_msg_eu', message: 'A customer in Europe wrote.' } as const;
  assert.equal(line(withheld, arabic), arabic.message.withheld['im_receive_msg_eu']);
});

test('of a message whose kind nobody kept, the words are all there is', () => {
  assert.equal(lineOf(english, { type: null, event: null, words: 'hi' }), 'hi');
  assert.equal(lineOf(english, { type: null, event: null, words: '' }), english.noWords);
});
