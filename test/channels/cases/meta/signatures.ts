import { webhook, type SignatureCase } from '../cases.ts';

const escaped = String.raw`{"object":"page","note":"\u0645\u0631\u062d\u0628\u0627 \/ caf\u00e9"}`;
const rewritten = JSON.stringify(JSON.parse(escaped));
/** openssl dgst -sha256 -hmac app-secret-1 */
const signature = 'sha256=427a782a6d24663ccde55d23e64e614763663e986c93430ae7961f663f740ccf';
/** openssl dgst -sha256 -hmac instagram-secret-1 */
const byInstagram = 'sha256=4a119080245663be7e6f772f00f0a8738dbf7bfd5810b64213204fd2a83e7c9b';
const signed = { 'x-hub-signature-256': signature };

/** One app with Meta's secret and Instagram's own, and an older one that is still good. */
const signer = {
  id: 'app_1',
  secrets: [
    { app_secret: 'older-secret', verify_token: 'older-token' },
    { app_secret: 'app-secret-1', verify_token: 'token-1' },
    { app_secret: 'instagram-secret-1', verify_token: 'token-1' },
  ],
};

const both = { id: 'app_1', secrets: [{ app_secret: 'app-secret-1', instagram_app_secret: 'instagram-secret-1' }] };

function refused(name: string, more: Partial<SignatureCase>): SignatureCase {
  return { name, request: webhook(escaped, signed), signer, genuine: false, ...more };
}

export const signatures: SignatureCase[] = [
  { name: 'escaped bytes as Meta writes them', request: webhook(escaped, signed), signer, genuine: true },
  {
    name: "the app's other secret",
    request: webhook(escaped, { 'x-hub-signature-256': byInstagram }),
    signer,
    genuine: true,
  },
  {
    name: "Meta's secret, where the app has Instagram's own beside it",
    request: webhook(escaped, signed),
    signer: both,
    genuine: true,
  },
  {
    name: "Instagram's own secret, where the app has it beside Meta's",
    request: webhook(escaped, { 'x-hub-signature-256': byInstagram }),
    signer: both,
    genuine: true,
  },
  {
    name: 'either of two secrets while they are being changed',
    request: webhook(escaped, signed),
    signer: { id: 'app_1', secrets: [{ app_secret: 'newer-secret' }, { app_secret: 'app-secret-1' }] },
    genuine: true,
  },
  refused('a secret that is no longer one of the app’s', {
    signer: { id: 'app_1', secrets: [{ app_secret: 'newer-secret' }] },
  }),
  refused('the same JSON written anew', { request: webhook(rewritten, signed) }),
  refused('another secret', { signer: { id: 'a', secrets: [{ app_secret: 'x' }] } }),
  refused('no secret at all', { signer: { id: 'a', secrets: [{ app_secret: '' }, {}] } }),
  refused('no signature', { request: webhook(escaped) }),
  refused('only the SHA-1 header', { request: webhook(escaped, { 'x-hub-signature': signature }) }),
  refused('a shortened signature', {
    request: webhook(escaped, { 'x-hub-signature-256': signature.slice(0, -2) }),
  }),
];

export const hints = [{ request: webhook(escaped, signed), hints: [] }];
