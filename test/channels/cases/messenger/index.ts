import type { ChannelCases } from '../cases.ts';
import { interactive } from '../meta/bodies.ts';
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
  impossible: [
    { type: 'sticker', media: { status: 'ready', link: 'https://files.example.com/s.webp' } },
    { type: 'location', latitude: 1, longitude: 2 },
    { type: 'contacts', contacts: [{ name: 'A', phones: [] }] },
    { type: 'system', event: 'x', text: 'x' },
    { type: 'unsupported', providerType: 'x', raw: {} },
    interactive({ kind: 'list', button: 'b', sections: [] }),
    interactive({ kind: 'reply', id: 'x', title: 'x' }),
  ],
  recipients: [
    ['7244680335573821', 'psid:7244680335573821'],
    [' 7244680335573821 ', 'psid:7244680335573821'],
    ['+201000000001', undefined],
    ['mona.hassan', undefined],
    ['12', undefined],
  ],
};
