import { interactive } from '../bodies.ts';
import { webhook, type ChannelCases } from '../cases.ts';
import { limits } from './limits.ts';
import { choiceLimits } from './limits-choices.ts';
import { templateLimits } from './limits-templates.ts';
import { sends } from './sends.ts';
import { templateSends } from './sends-templates.ts';
import { choiceSends } from './sends-choices.ts';

const escaped = String.raw`{"object":"whatsapp_business_account","note":"\u0645\u0631\u062d\u0628\u0627 \/ caf\u00e9"}`;
const rewritten = JSON.stringify(JSON.parse(escaped));
/** openssl dgst -sha256 -hmac app-secret-1 */
const signature = 'sha256=3d896cf569411a1411d40dede0cb5754013c0e4b7d12f8e48a91da64cbe9fba5';
const signer = {
  id: 'app_1',
  secrets: [
    { app_secret: 'older-secret', verify_token: 'older-token' },
    { app_secret: 'app-secret-1', verify_token: 'token-1' },
  ],
};
const signed = { 'x-hub-signature-256': signature };

export const cases: ChannelCases = {
  externalId: '106540352242922',
  credentials: { access_token: 'EAAG-token', waba_id: '102290129340398', phone_number: '+20 155 550 0011' },
  names: ['address:106540352242922', 'address:201555500011', 'group:102290129340398'],
  to: { identities: [{ kind: 'phone', value: '+201000000001' }] },
  signatures: [
    { name: 'escaped bytes as Meta writes them', request: webhook(escaped, signed), signer, genuine: true },
    { name: 'the same JSON written anew', request: webhook(rewritten, signed), signer, genuine: false },
    {
      name: 'another secret',
      request: webhook(escaped, signed),
      signer: { id: 'a', secrets: [{ app_secret: 'x' }] },
      genuine: false,
    },
    {
      name: 'no secret at all',
      request: webhook(escaped, signed),
      signer: { id: 'a', secrets: [{ app_secret: '' }, {}] },
      genuine: false,
    },
    { name: 'no signature', request: webhook(escaped), signer, genuine: false },
    {
      name: 'only the SHA-1 header',
      request: webhook(escaped, { 'x-hub-signature': signature }),
      signer,
      genuine: false,
    },
    {
      name: 'a shortened signature',
      request: webhook(escaped, { 'x-hub-signature-256': signature.slice(0, -2) }),
      signer,
      genuine: false,
    },
  ],
  hints: [{ request: webhook(escaped, signed), hints: [] }],
  sends: [...sends, ...choiceSends, ...templateSends],
  taken: {
    answer: {
      status: 200,
      json: {
        messaging_product: 'whatsapp',
        contacts: [{ input: '+201000000001', wa_id: '201000000001' }],
        messages: [{ id: 'wamid.SENT' }],
      },
    },
    providerMessageId: 'wamid.SENT',
  },
  limits: [...limits, ...choiceLimits, ...templateLimits],
  impossible: [
    { type: 'system', event: 'x', text: 'x' },
    { type: 'unsupported', providerType: 'x', raw: {} },
    interactive({ kind: 'reply', id: 'x', title: 'x' }),
  ],
  recipients: [
    ['+20 100 000 0001', 'phone:+201000000001'],
    ['00201000000001', 'phone:+201000000001'],
    ['٢٠١٠٠٠٠٠٠٠٠١', 'phone:+201000000001'],
    ['201000000001@s.whatsapp.net', 'phone:+201000000001'],
    ['٠١٠ ٠٠٠٠ ٠٠٠١', 'phone:+201000000001'],
    ['551187654321', 'phone:+5511987654321'],
    ['0501234567', undefined],
    ['@mona', undefined],
    ['12', undefined],
  ],
};
