import type { SendCase } from '../cases.ts';
import { askedBy, contents, reactions } from '../meta/sends.ts';

const recipient = { id: '1183619370072817' };
const throughPage = { login: 'facebook', access_token: 'EAAG-page', page_id: '104523456789012' };

const asked = askedBy({ path: '/v26.0/17841405309211844/messages', token: 'IGAA-account', recipient });

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
  ...reactions(asked, 'aWdf-Q', '❤️', 'love'),
  asked(
    'an answer of a person',
    { type: 'text', text: 'hi' },
    { messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT', message: { text: 'hi' } },
    { options: { tag: 'HUMAN_AGENT' } },
  ),
];
