import { createHmac } from 'node:crypto';
import type { Body } from '@parley/core/domain/body.ts';
import type { Counterparty } from '@parley/core/domain/contact.ts';
import { link, webhook, type ChannelCases, type SendCase } from '../cases.ts';
import type { Reply } from '../../provider.ts';
import { limits } from './limits.ts';

const business = '_000J5xOpenIdOfTheBusiness';
const secret = 'example_app_secret';
const body =
  '{"client_key":"app_1","event":"im_receive_msg","create_time":1700000000,"user_openid":"biz_1","content":"{\\"type\\":\\"text\\",\\"text\\":{\\"body\\":\\"hi\\"}}"}';

export const to: Counterparty = {
  identities: [
    { kind: 'tiktok_user', value: '7301000000000000001' },
    { kind: 'tiktok_conversation', value: 'AAAA+bbbb/cccc==' },
  ],
};

const conversation = { recipient_type: 'CONVERSATION', recipient: 'AAAA+bbbb/cccc==' };

function sends(
  name: string,
  message: Body,
  content: object,
  more: Partial<SendCase> = {},
  place: object = conversation,
): SendCase {
  return {
    name,
    body: message,
    ...more,
    request: {
      method: 'POST',
      path: '/business/message/send/',
      headers: { 'access-token': 'act.token', 'content-type': 'application/json' },
      body: { business_id: business, ...place, ...content },
    },
  };
}

function signed(at: number, key = secret, bytes = body): string {
  return `t=${at},s=${createHmac('sha256', key).update(`${at}.${bytes}`).digest('hex')}`;
}

function asks(signature: string | undefined): ReturnType<typeof webhook> {
  return webhook(body, signature === undefined ? {} : { 'tiktok-signature': signature });
}

const now = Math.floor(Date.now() / 1000);
const signer = { id: 'aw1', secrets: [{ client_secret: secret }] };
const genuine = { signer, genuine: true };
const forged = { signer, genuine: false };
const buttons = [
  { id: 'city-riyadh', title: 'الرياض' },
  { id: 'city-cairo', title: 'القاهرة' },
];
const replies = buttons.map(({ id, title }) => ({ type: 'REPLY', title, id }));
const long = { id: 'b', title: 'a title of more than twenty signs' };

/** TikTok refuses in the body of a 200. */
export function refusal(code: number): Reply {
  return { status: 200, json: { code, message: 'no', request_id: 'r', data: {} } };
}

export const cases: ChannelCases = {
  externalId: business,
  credentials: { access_token: 'act.token', refresh_token: 'rft.token', client_secret: secret },
  names: [`address:${business}`],
  to,
  signatures: [
    { name: 'a signature of now', request: asks(signed(now)), ...genuine },
    { name: 'its parts in another order', request: asks(signed(now).split(',').toReversed().join(', ')), ...genuine },
    { name: 'a part nobody knows', request: asks(`${signed(now)},v=2`), ...genuine },
    { name: 'a signature of four minutes ago', request: asks(signed(now - 240)), ...genuine },
    {
      name: 'the older of two secrets',
      request: asks(signed(now)),
      signer: { id: 'aw1', secrets: [{ client_secret: 'new' }, { client_secret: secret }] },
      genuine: true,
    },
    { name: 'a signature of six minutes ago', request: asks(signed(now - 360)), ...forged },
    { name: 'a signature of six minutes ahead', request: asks(signed(now + 360)), ...forged },
    { name: 'a time that was not signed', request: asks(signed(now - 1).replace(/t=\d+/, `t=${now}`)), ...forged },
    { name: 'another secret', request: asks(signed(now, 'other')), ...forged },
    { name: 'other bytes', request: asks(signed(now, secret, `${body} `)), ...forged },
    { name: 'a time that is none', request: asks(signed(Number.NaN)), ...forged },
    { name: 'no time', request: asks(signed(now).replace(/^t=\d+,/, '')), ...forged },
    { name: 'no signature', request: asks(undefined), ...forged },
    {
      name: 'an empty secret',
      request: asks(signed(now, '')),
      signer: { id: 'aw1', secrets: [{ client_secret: '' }] },
      genuine: false,
    },
  ],
  hints: [{ request: asks(signed(now)), hints: [] }],
  sends: [
    sends('text', { type: 'text', text: 'أهلا 👋' }, { message_type: 'TEXT', text: { body: 'أهلا 👋' } }),
    sends(
      'a reply',
      { type: 'text', text: 'yes' },
      {
        message_type: 'TEXT',
        text: { body: 'yes' },
        referenced_message_info: { referenced_message_id: '7301999999999999001' },
      },
      { replyTo: '7301999999999999001' },
    ),
    sends(
      'a post',
      { type: 'video', media: link('https://www.tiktok.com/@nile.coffee/video/7301234567890123456?lang=ar') },
      { message_type: 'SHARE_POST', share_post: { item_id: '7301234567890123456' } },
    ),
    sends(
      'a post as a reply, which only text can be',
      { type: 'video', media: link('https://m.tiktok.com/@nile.coffee/video/7301234567890123456/') },
      { message_type: 'SHARE_POST', share_post: { item_id: '7301234567890123456' } },
      { replyTo: '7301999999999999001' },
    ),
    sends(
      'buttons',
      { type: 'interactive', text: 'إلى أين؟', interactive: { kind: 'buttons', buttons } },
      { message_type: 'TEMPLATE', template: { type: 'QA_BUTTON_CARD', title: 'إلى أين؟', buttons: replies } },
    ),
    sends(
      'quick replies with long titles',
      { type: 'interactive', text: 'Where to?', interactive: { kind: 'quick_replies', buttons: [long] } },
      {
        message_type: 'TEMPLATE',
        template: {
          type: 'QA_LINK_CARD',
          title: 'Where to?',
          buttons: [{ type: 'REPLY', title: long.title, id: 'b' }],
        },
      },
    ),
    sends(
      'an answer to a comment, which opens the conversation',
      { type: 'text', text: '40 pounds' },
      { message_type: 'TEXT', text: { body: '40 pounds' } },
      { replyTo: 'comment:7302000000000000001:7301000000000000001:1763800000123' },
      { direct_reply: { reply_type: 'COMMENT_REPLY', comment_reply: { comment_id: '7302000000000000001' } } },
    ),
    sends(
      'buttons on the card that is asked for',
      { type: 'interactive', text: 'Where to?', interactive: { kind: 'buttons', buttons } },
      { message_type: 'TEMPLATE', template: { type: 'QA_LINK_CARD', title: 'Where to?', buttons: replies } },
      { options: { template_type: 'QA_LINK_CARD' } },
    ),
    sends(
      'a post by its id, where its address does not have it',
      { type: 'video', media: link('https://vm.tiktok.com/ZM8abcdef/') },
      { message_type: 'SHARE_POST', share_post: { item_id: '7301234567890123456' } },
      { options: { item_id: '7301234567890123456' } },
    ),
  ],
  taken: {
    answer: {
      status: 200,
      json: { code: 0, message: 'OK', request_id: 'r', data: { message: { message_id: '7301999999999999002' } } },
    },
    providerMessageId: '7301999999999999002',
  },
  limits,
  impossible: [
    { type: 'audio', media: link('https://files.example.com/f') },
    { type: 'document', media: link('https://files.example.com/f') },
    { type: 'sticker', media: link('https://files.example.com/f') },
    { type: 'location', latitude: 1, longitude: 2 },
    { type: 'contacts', contacts: [{ name: 'A', phones: [] }] },
    { type: 'reaction', emoji: '👍', target: 'x' },
    { type: 'template', template: { name: 'a', language: 'en' } },
    {
      type: 'interactive',
      text: 'a',
      interactive: { kind: 'link_button', link: { title: 'a', url: 'https://a.example' } },
    },
  ],
  recipients: [
    ['7301000000000000001', 'tiktok_user:7301000000000000001'],
    ['two words', undefined],
    ['', undefined],
  ],
};
