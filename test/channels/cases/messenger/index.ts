import type { ChannelCases } from '../cases.ts';
import { impossible } from '../meta/bodies.ts';
import { hints, signatures } from '../meta/signatures.ts';
import { limits } from './limits.ts';
import { sends } from './sends.ts';

export const cases: ChannelCases = {
  externalId: '104523456789012',
  credentials: { access_token: 'EAAG-page' },
  names: ['address:104523456789012'],
  to: { identities: [{ kind: 'psid', value: '7244680335573821' }] },
  signatures,
  hints,
  sends,
  taken: {
    answer: { status: 200, json: { recipient_id: '7244680335573821', message_id: 'm_SENT' } },
    providerMessageId: 'm_SENT',
  },
  limits,
  impossible,
  recipients: [
    ['7244680335573821', 'psid:7244680335573821'],
    [' 7244680335573821 ', 'psid:7244680335573821'],
    ['+201000000001', undefined],
    ['mona.hassan', undefined],
    ['12', undefined],
  ],
};
