import type { SendCase } from '../cases.ts';
import { reply_parameters, sent } from './sent.ts';

export const addressedSends: SendCase[] = [
  sent(
    'to a group',
    { type: 'text', text: 'hi' },
    'sendMessage',
    { chat_id: -1001234567890, text: 'hi' },
    { to: { identities: [{ kind: 'group', value: '-1001234567890' }] } },
  ),
  sent(
    'to a username',
    { type: 'text', text: 'hi' },
    'sendMessage',
    { chat_id: '@shop_news', text: 'hi' },
    { to: { identities: [{ kind: 'telegram_chat', value: '@shop_news' }] } },
  ),
  sent(
    'to a business chat',
    { type: 'text', text: 'hi' },
    'sendMessage',
    { business_connection_id: 'bc_9aZ', text: 'hi', reply_parameters },
    { to: { identities: [{ kind: 'telegram_chat', value: '5000000001@bc_9aZ' }] }, replyTo: '5000000001@bc_9aZ:12' },
  ),
  sent(
    'to a topic',
    { type: 'text', text: 'hi' },
    'sendMessage',
    { chat_id: -1001234567890, message_thread_id: 7, text: 'hi' },
    { to: { identities: [{ kind: 'group', value: '-1001234567890/7' }] } },
  ),
  sent(
    'to a customer of a channel',
    { type: 'text', text: 'hi' },
    'sendMessage',
    { chat_id: -1003333333333, direct_messages_topic_id: 5000000001, text: 'hi' },
    { to: { identities: [{ kind: 'group', value: '-1003333333333/d5000000001' }] } },
  ),
  sent(
    'to a group that has moved',
    { type: 'text', text: 'hi' },
    'sendMessage',
    { chat_id: -1009999999999, text: 'hi' },
    {
      to: {
        identities: [
          { kind: 'group', value: '-1009999999999' },
          { kind: 'group', value: '-500' },
        ],
      },
    },
  ),
  sent(
    'quietly, protected, without a preview',
    { type: 'text', text: 'https://example.com' },
    'sendMessage',
    {
      text: 'https://example.com',
      link_preview_options: { is_disabled: true },
      disable_notification: true,
      protect_content: true,
      message_effect_id: '5046509860389126442',
    },
    {
      options: {
        disable_notification: true,
        protect_content: true,
        disable_link_preview: true,
        message_effect_id: '5046509860389126442',
      },
    },
  ),
  sent(
    'a topic named in the options',
    { type: 'text', text: 'hi' },
    'sendMessage',
    { chat_id: '@shop_talk', message_thread_id: 9, text: 'hi' },
    { to: { identities: [{ kind: 'telegram_chat', value: '@shop_talk' }] }, options: { message_thread_id: 9 } },
  ),
];
