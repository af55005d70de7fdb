import { randomUUID } from 'node:crypto';
import type { WhatsappLiteAccount } from '../account.ts';
import type { Json } from '../../json.ts';
import { isMediaBody } from '../phone-body.ts';
import { chatIdOf, keyOf, messageId } from './ids.ts';
import { ackNames, payloadOf, sessionName } from './payload.ts';
import type { Hooks } from './hooks.ts';

/** What WAHA tells. */
export const wahaHooks: Hooks = {
  message: (told, at) =>
    wahaEvent(told.account, told.message.from === 'business' ? 'message.any' : 'message', payloadOf(told), at),

  reaction: (told, { target, emoji }, at) => {
    const { id, timestamp, from, to, participant, fromMe, _data } = payloadOf(told);
    const payload = { id, timestamp, from, to, participant, fromMe, _data };
    const reaction = { text: emoji, messageId: target };
    return wahaEvent(told.account, 'message.reaction', { ...payload, reaction }, at);
  },

  change: ({ told, text }, at) => {
    const { account, message, chatId } = told;
    const isOwn = message.from === 'business';
    const after = { ...payloadOf(told), timestamp: Math.floor(at / 1000) };
    if (text === undefined) {
      const revoked = {
        before: null,
        after: { ...after, _data: { type: 'revoked' } },
        revokedMessageId: keyOf(message.id),
      };
      return wahaEvent(account, 'message.revoked', revoked, at);
    }
    const payload = { ...after, id: messageId(isOwn, chatId), body: text, editedMessageId: keyOf(message.id) };
    return wahaEvent(account, 'message.edited', isMediaBody(message.body) ? { ...payload, media: null } : payload, at);
  },

  ack: (account, { id, chatId, participant }, ack, at) => {
    const payload = {
      id,
      from: chatIdOf(account.external_id),
      to: chatId,
      participant: participant ?? null,
      fromMe: true,
      ack,
      ackName: ackNames[ack],
    };
    return wahaEvent(account, participant === undefined ? 'message.ack' : 'message.ack.group', payload, at);
  },

  group: (account, group, at) => wahaEvent(account, 'group.v2.update', { timestamp: at, group }, at),

  status: (account, status, at) => wahaEvent(account, 'session.status', { name: sessionName(account), status }, at),
};

/** What WAHA wraps around an event. */
function wahaEvent(account: WhatsappLiteAccount, event: string, payload: Json, at: number): Json {
  return {
    id: `evt_${randomUUID().replaceAll('-', '')}`,
    timestamp: at,
    event,
    session: sessionName(account),
    me: { id: chatIdOf(account.external_id), pushName: account.name },
    payload,
    engine: 'WEBJS',
    environment: { version: '2026.10.1', engine: 'WEBJS', tier: 'PLUS', browser: '/usr/bin/chromium' },
  };
}
