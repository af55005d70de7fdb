import type { Body } from '@parley/core/domain/body.ts';
import type { SendCase } from '../cases.ts';
import { contents } from '../meta/sends.ts';

const recipient = { id: '1183619370072817' };
const throughPage = { login: 'facebook', access_token: 'EAAG-page', page_id: '104523456789012' };

function asked(name: string, body: Body, request: object, more: Partial<SendCase> = {}): SendCase {
  return {
    name,
    body,
    ...more,
    request: {
      method: 'POST',
      path: '/v26.0/17841405309211844/messages',
      headers: { authorization: 'Bearer IGAA-account', 'content-type': 'application/json' },
      body: { recipient, ...request },
    },
  };
}

/** The page's path and token, and the type that only it takes. */
function askedThroughPage({ name, body, message }: (typeof contents)[number]): SendCase {
  return {
    name: `${name} through a page`,
    body,
    credentials: throughPage,
    request: {
      method: 'POST',
      path: '/v26.0/104523456789012/messages',
      headers: { authorization: 'Bearer EAAG-page' },
      body: { recipient, messaging_type: 'RESPONSE', message },
    },
  };
}

export const sends: SendCase[] = [
  ...contents.map(({ name, body, message }) => asked(name, body, { message })),
  ...contents.slice(0, 2).map(askedThroughPage),
  asked(
    'a reply',
    { type: 'text', text: 'نعم' },
    { message: { text: 'نعم' }, reply_to: { mid: 'aWdf-Q' } },
    { replyTo: 'aWdf-Q' },
  ),
  asked(
    'a reaction',
    { type: 'reaction', emoji: '❤️', target: 'aWdf-Q' },
    { sender_action: 'react', payload: { message_id: 'aWdf-Q', reaction: 'love' } },
  ),
  asked(
    'a reaction taken back',
    { type: 'reaction', emoji: null, target: 'aWdf-Q' },
    { sender_action: 'unreact', payload: { message_id: 'aWdf-Q' } },
  ),
  asked(
    'an answer of a person',
    { type: 'text', text: 'hi' },
    { messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT', message: { text: 'hi' } },
    { options: { tag: 'HUMAN_AGENT' } },
  ),
];
