import type { Body } from '@parley/core/domain/body.ts';
import { REFERENCE, type SendCase } from '../cases.ts';

export const path = '/v26.0/106540352242922/messages';
/** A body, and what of the call to the Cloud API is its own. */
export function sent(name: string, body: Body, content: object, more: Partial<SendCase> = {}): SendCase {
  return {
    name,
    body,
    ...more,
    request: {
      method: 'POST',
      path,
      headers: { authorization: 'Bearer EAAG-token', 'content-type': 'application/json' },
      body: {
        messaging_product: 'whatsapp',
        recipient_type: 'individual',
        to: '+201000000001',
        ...content,
        biz_opaque_callback_data: REFERENCE,
      },
    },
  };
}
