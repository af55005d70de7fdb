import { decrypt } from '@parley/local/providers/web_push/decrypt.ts';
import type { Captured } from '../../provider.ts';
import { newKeyPair } from '@parley/local/providers/web_push/key-pair.ts';
import { browser } from './keys.ts';

/** The recipient's subscription, at the service of its browser; a server that stands in for it has it under its host. */
export const ENDPOINT = 'https://updates.push.services.mozilla.com/wpush/v2/gAAAAABnQ0';
export const PATH = '/updates.push.services.mozilla.com/wpush/v2/gAAAAABnQ0';

export const credentials = {
  ...newKeyPair(),
  subject: 'mailto:push@nile.example',
  webhook_secret: 'secret-of-the-site',
  origins: 'https://nile.example https://www.nile.example',
};

/** What the recipient's browser reads. */
export function opened({ bytes }: Captured): unknown {
  const text = decrypt(bytes, { private_key: browser.privateKey, p256dh: browser.p256dh, auth: browser.auth });
  return JSON.parse(text?.toString('utf8') ?? 'null');
}
