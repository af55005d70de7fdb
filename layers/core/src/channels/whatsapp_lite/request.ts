import type { Body } from '../../domain/body.ts';
import { whatsAppDigits } from '../../domain/phone-number.ts';
import type { Outgoing } from '../contract.ts';
import { nameOf } from '../shared/file.ts';
import type { Json } from '../shared/http.ts';
import type { Call } from './call.ts';
import type { Credentials, NotifyCredentials } from './credentials.ts';
import { evolutionCall } from './evolution-request.ts';
import { wahaCall } from './waha-request.ts';
import { wordsOf } from './words.ts';

/** The call of one send, or undefined when this kind of account can't send the body or reach the counterparty. */
export function requestOf(outgoing: Outgoing, credentials: Credentials): Call | undefined {
  const plain = { ...outgoing, body: plainOf(outgoing.body) };
  switch (credentials.kind) {
    case 'notify':
      return notifyCall(plain, credentials);
    case 'gateway':
      return wahaCall(plain, credentials);
    case 'evolution':
      return evolutionCall(plain, credentials);
  }
}

/** Linked devices know no templates: what one says goes as text. */
function plainOf(body: Body): Body {
  return body.type === 'template' && body.text
    ? { type: 'text', text: body.text, ...(body.entities ? { entities: body.entities } : {}) }
    : body;
}

/** Without receivers Notify would write to every user of the suit, so there is no call without one. */
function notifyCall({ to, body, reference }: Outgoing, credentials: NotifyCredentials): Call | undefined {
  const mobileNum = whatsAppDigits(to);
  const content = notifyContent(body);
  if (!mobileNum || !content) return undefined;
  return {
    method: 'POST',
    path: `${encodeURIComponent(credentials.suit_id)}/send`,
    headers: { appapikey: credentials.api_key },
    body: { UOWHATSAPP: { ...content, random_string: reference, receivers: [{ mobileNum }] } },
  };
}

/** A file is seen only beside a message. Names of fields for video and audio are not published: those need a gateway. */
function notifyContent(body: Body): Json | undefined {
  switch (body.type) {
    case 'text':
      return { message: wordsOf(body) };
    case 'image':
      return { message: wordsOf(body) ?? nameOf(body.media), imageUrl: body.media.link };
    case 'document':
      return { message: wordsOf(body) ?? nameOf(body.media), documentUrl: body.media.link };
    default:
      return undefined;
  }
}
