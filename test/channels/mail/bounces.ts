import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageIdOf } from '@parley/core/channels/email/ids.ts';
import { returnPathOf } from '@parley/core/channels/email/return-path.ts';
import { SECRET } from './reading.ts';
import { REFERENCE } from './server.ts';

const folder = join(import.meta.dirname, 'fixtures/bounces');

/** The mail that every report is about, and the address that reports of it go to. */
export const sentId = messageIdOf(REFERENCE, SECRET, 'nile.example');
export const returnPath = returnPathOf('bounce@in.parley.example', REFERENCE, SECRET) ?? '';

/** What each report says; undefined where nobody has given up yet. `gone`: nobody is at the address, and there will not be. */
export const bounces: Record<string, { class: string; code: string; providerCode: string; gone?: true } | undefined> = {
  'exim-arabic-user': gone('5.1.1'),
  'exim-delayed': undefined,
  'exim-expired': { class: 'provider_down', code: 'deferred', providerCode: '5.0.0' },
  'exim-headers-only': gone('5.1.1'),
  'exim-mailbox-full': full('5.2.2'),
  'exim-mailbox-full-for-too-long': full('4.2.2'),
  'exim-no-codes': refused('5.0.0'),
  'exim-no-smtputf8': gone('5.1.1'),
  'exim-relay-refused': refused('5.0.0'),
  'exim-too-large-to-return': gone('5.1.1'),
  'exim-unknown-user': gone('5.1.1'),
  'exim-windows-1256-words': gone('5.1.1'),
  'postfix-arabic-user': gone('5.1.1'),
  'postfix-body-in-full': gone('5.1.1'),
  'postfix-box-full': full('5.0.0'),
  'postfix-delayed': undefined,
  'postfix-expired': { class: 'provider_down', code: 'deferred', providerCode: '4.4.1' },
  'postfix-headers-only': gone('5.1.1'),
  'postfix-mailbox-full': full('5.2.2'),
  'postfix-mailbox-full-for-too-long': full('4.2.2'),
  'postfix-no-codes': refused('5.0.0'),
  'postfix-no-smtputf8': { class: 'invalid', code: 'content_refused', providerCode: '5.6.7' },
  'postfix-relay-refused': { class: 'account_restricted', code: 'refused_by_policy', providerCode: '5.7.1' },
  'postfix-two-servers-on': gone('5.0.0'),
  'postfix-two-servers-on-renamed': gone('5.0.0'),
  'postfix-unknown-user': gone('5.1.1'),
  'postfix-unknown-user-without-dsn': gone('5.1.1'),
  'postfix-windows-1256-words': gone('5.1.1'),
};

function gone(providerCode: string) {
  return { class: 'recipient_unavailable', code: 'no_such_address', providerCode, gone: true as const };
}

function full(providerCode: string) {
  return { class: 'recipient_unavailable', code: 'mailbox_full', providerCode };
}

function refused(providerCode: string) {
  return { class: 'recipient_unavailable', code: 'address_refused', providerCode };
}

/** As a real server wrote it, byte for byte. */
export function bounceBytes(name: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(join(folder, `${name}.eml`)));
}

export function bounceNames(): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.eml'))
    .map((file) => file.slice(0, -'.eml'.length));
}
