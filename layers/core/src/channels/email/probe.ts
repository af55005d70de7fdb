import type { NodemailerError } from 'nodemailer';
import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { Probe } from '../contract.ts';
import { mend, sendErrorOf } from '../shared/receipt.ts';
import { addressOf } from './address.ts';
import type { Credentials } from './credentials.ts';
import { probeErrorOf } from './errors.ts';
import { connectionOf } from './transport.ts';

/** Signs in at the account's mail server and says goodbye. */
export async function probe(account: ConnectedAccount<Credentials>): Promise<Probe> {
  const connection = connectionOf(account);
  if (!connection) return { ok: false, error: sendErrorOf(noServer) };
  try {
    await connection.transporter.verify();
    const from = addressOf(account.credentials.from ?? account.externalId);
    return { ok: true, ...(from === undefined ? {} : { externalId: from }) };
  } catch (error) {
    return { ok: false, error: probeErrorOf(error as NodemailerError) };
  }
}

const noServer = mend('auth', 'no_server', "The account's base_url must be smtp://host:port or smtps://host:port.");
