import type { NodemailerError } from 'nodemailer';
import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { Probe } from '../contract.ts';
import { compact } from '../shared/read.ts';
import { sendErrorOf } from '../shared/receipt.ts';
import { addressOf } from './address.ts';
import type { Credentials } from './credentials.ts';
import { noServer, probeErrorOf } from './errors.ts';
import { isRenewable } from './refresh.ts';
import { connectionOf } from './transport.ts';

/** Signs in at the account's mail server and says goodbye. */
export async function probe(account: ConnectedAccount<Credentials>): Promise<Probe> {
  const connection = connectionOf(account);
  if (!connection) return { ok: false, error: sendErrorOf(noServer) };
  try {
    await connection.transporter.verify();
    const from = addressOf(account.credentials.from ?? account.externalId);
    return { ok: true, ...compact({ externalId: from, expiresAt: unknownExpiry(account) }) };
  } catch (error) {
    return { ok: false, error: probeErrorOf(error as NodemailerError) };
  }
}

/** How long a token serves that somebody brought, nobody says: it is the first thing to be renewed. */
function unknownExpiry({ credentials, expiresAt }: ConnectedAccount<Credentials>): number | undefined {
  return expiresAt === undefined && isRenewable(credentials) ? Date.now() : undefined;
}
