import type { EmailAccount } from '../account.ts';
import { json } from '../http.ts';
import type { Provider } from '../provider.ts';
import { advance } from '../receipts.ts';
import { faultAnswer } from '../serve.ts';
import { createWorld, type WorldOptions } from '../world.ts';
import { openOffice } from './office.ts';
import { act } from './phone.ts';
import type { Submission } from './submission.ts';

const phones = [
  { id: 'mona', name: 'Mona Hassan', address: 'mona@customers.example', started: [] },
  { id: 'omar', name: 'عمر علي', address: 'omar@customers.example', started: [] },
];

/** This machine's mail: where businesses hand it in, and where it is taken in for Parley. */
export interface MailServers {
  submission: Submission;
  /** port of the servers that stand for Amazon SES */
  inboundPort: number;
  /** where the phones page finds files */
  base: string;
}

/** Mail: a server for submission, and the customers' mailboxes. Its own protocol is SMTP; over HTTP it is only steered. */
export function createEmail(options: WorldOptions, servers: MailServers | undefined): Provider {
  const world = createWorld<EmailAccount>('email', phones, options);
  if (servers) openOffice(world, servers);
  return {
    world,
    call: async () => ({ answer: json(404, { message: 'mail is handed in by SMTP' }) }),
    fail: (fault) => faultAnswer(fault, fault.status ?? 503, (status) => json(status, { message: 'fault' })),
    act: async (one) => {
      const account = world.accounts.get(one.account.external_id);
      return account ? act(world, servers?.inboundPort, { ...one, account }) : { ok: false, reason: 'unknown account' };
    },
    // A mail program tells nobody.
    seen: async (account, phone, message) => void advance(world.phones, phone, account.external_id, message.id, 'read'),
    control: async () => undefined,
  };
}
