import assert from 'node:assert/strict';
import test from 'node:test';
import { codesOf, monaAt, page, startMetaRig } from './meta-rig.ts';
import { ownRig } from './rig.ts';

const rig = ownRig(await startMetaRig(page));

const recipient = { id: monaAt.messenger };
const hello = { text: 'hi', metadata: 'ref-9' };
const button = { type: 'postback', title: 'Yes', payload: 'Y' };

function respond(message: object, more: object = {}) {
  return rig.send({ recipient, messaging_type: 'RESPONSE', message, ...more });
}

function templateOf(payload: object): object {
  return { attachment: { type: 'template', payload } };
}

function imageAt(url: string): object {
  return { attachment: { type: 'image', payload: { url } } };
}

function many(count: number, one: object): object[] {
  return Array.from({ length: count }, () => one);
}

test('what Messenger refuses is refused by its codes', async () => {
  await rig.write({ text: 'hello' });
  const cases: [string, object, unknown[]][] = [
    ['no type', { recipient, message: hello }, [100, undefined]],
    ['another type', { recipient, messaging_type: 'PROMO', message: hello }, [100, undefined]],
    [
      'a dead tag',
      { recipient, messaging_type: 'MESSAGE_TAG', tag: 'ACCOUNT_UPDATE', message: hello },
      [100, undefined],
    ],
    ['nobody', { recipient: { id: '7999999999999999' }, messaging_type: 'RESPONSE', message: hello }, [100, 2018001]],
    ['no recipient', { messaging_type: 'RESPONSE', message: hello }, [100, undefined]],
    ['both', { recipient, message: hello, sender_action: 'typing_on' }, [100, 2018014]],
    ['nothing', { recipient }, [100, undefined]],
  ];
  const messages: [string, object, unknown[]][] = [
    ['a long text', { text: 'x'.repeat(2001) }, [100, undefined]],
    ['no text', { text: '' }, [100, undefined]],
    ['an unknown member', { text: 'a', caption: 'b' }, [100, undefined]],
    ['a long reference', { text: 'a', metadata: 'x'.repeat(1000) }, [100, undefined]],
    ['two contents', { ...templateOf({}), text: 'a' }, [100, undefined]],
    ['an unknown file', { attachment: { type: 'image', payload: { attachment_id: '1' } } }, [100, 2018074]],
    ['a link that is none', { attachment: { type: 'image', payload: { url: 'ftp://x' } } }, [100, undefined]],
    [
      '14 replies',
      { text: 'a', quick_replies: many(14, { content_type: 'text', title: 'a', payload: 'b' }) },
      [100, undefined],
    ],
    [
      'a long reply',
      { text: 'a', quick_replies: [{ content_type: 'text', title: 'x'.repeat(21), payload: 'b' }] },
      [100, undefined],
    ],
    ['4 buttons', templateOf({ template_type: 'button', text: 'a', buttons: many(4, button) }), [100, undefined]],
    [
      'a long question',
      templateOf({ template_type: 'button', text: 'x'.repeat(641), buttons: [button] }),
      [100, undefined],
    ],
    ['a bare card', templateOf({ template_type: 'generic', elements: [{ title: 'a' }] }), [100, undefined]],
    [
      '11 cards',
      templateOf({ template_type: 'generic', elements: many(11, { title: 'a', subtitle: 'b' }) }),
      [100, undefined],
    ],
    ['a template as an answer', { template: { name: 'order_update', language: { code: 'en' } } }, [100, undefined]],
  ];
  for (const [what, body, codes] of cases) assert.deepEqual(codesOf(await rig.send(body)), codes, what);
  for (const [what, message, codes] of messages) assert.deepEqual(codesOf(await respond(message)), codes, what);
  assert.deepEqual(codesOf(await respond(hello, { reply_to: { mid: 'm_unknown' } })), [100, undefined]);
  const reaction = { recipient, sender_action: 'react', payload: { message_id: 'm_unknown', reaction: '👍' } };
  assert.deepEqual(codesOf(await rig.send(reaction)), [100, undefined]);
});

test('only the page of the token sends', async () => {
  const asked = { recipient, messaging_type: 'RESPONSE', message: hello };
  assert.deepEqual(codesOf(await rig.send(asked, {})), [104, undefined]);
  assert.deepEqual(codesOf(await rig.send(asked, { authorization: 'Bearer other' })), [190, undefined]);
  const headers = { authorization: `Bearer ${page.access_token}` };
  const other = await rig.call('POST', '/messenger/v26.0/209912345678901/messages', asked, headers);
  assert.deepEqual(codesOf(other), [100, 33]);
});

test('a link that leads nowhere, or to another kind of file, is refused', async () => {
  const url = await rig.writeFile('document');
  assert.deepEqual(codesOf(await respond(imageAt(`${url}x`))), [100, 2018008]);
  assert.deepEqual(codesOf(await respond(imageAt(url))), [100, 2018047]);
});
