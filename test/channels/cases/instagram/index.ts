import type { ChannelCases } from '../cases.ts';
import { impossible } from '../meta/bodies.ts';
import { hints, signatures } from '../meta/signatures.ts';
import { limits } from './limits.ts';
import { sends } from './sends.ts';

export const cases: ChannelCases = {
  externalId: '17841405309211844',
  credentials: { login: 'instagram', access_token: 'IGAA-account' },
  names: ['address:17841405309211844'],
  to: { identities: [{ kind: 'igsid', value: '1183619370072817' }] },
  signatures,
  hints,
  sends,
  taken: {
    answer: { status: 200, json: { recipient_id: '1183619370072817', message_id: 'aWdf-SENT' } },
    providerMessageId: 'aWdf-SENT',
  },
  limits,
  impossible: [...impossible, { type: 'template', template: { name: 'a', language: 'en' } }],
  recipients: [
    ['1183619370072817', 'igsid:1183619370072817'],
    ['+201000000001', undefined],
    ['@mona', undefined],
    ['12', undefined],
  ],
};
