import type { NodemailerError } from 'nodemailer';
import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { Outgoing, Receipt } from '../contract.ts';
import { again, never, refusal } from '../shared/receipt.ts';
import type { Credentials } from './credentials.ts';
import { noServer, receiptOf } from './errors.ts';
import { requestOf, type Request } from './request.ts';
import { connectionOf } from './transport.ts';

/** Hands a mail to the account's server. From its first byte on, only the server's last word says what became of it. */
export async function send(outgoing: Outgoing, account: ConnectedAccount<Credentials>): Promise<Receipt> {
  const request = await requestOf(outgoing, account);
  if (!request.ok) return refuse(request);
  const connection = connectionOf(account);
  if (!connection) return refusal(noServer);
  const id = `<${request.messageId}>`;
  try {
    const sent = await connection.transporter.sendMail(request.mail);
    const refused = sent.rejectedErrors?.find(({ recipient }) => recipient === request.to);
    if (refused) return afterCopies(receiptOf(refused, false));
    return {
      outcome: 'accepted',
      providerMessageId: sent.serverMessageId?.replaceAll(/[<>]/g, '') ?? request.messageId,
      ...(sent.rejected.length === 0
        ? {}
        : { detail: `The mail server took no copy for ${sent.rejected.join(', ')}.` }),
    };
  } catch (error) {
    return receiptOf(error as NodemailerError, connection.hasBegun(id));
  } finally {
    connection.forget(id);
  }
}

/** The others have it already: each further try would be a further copy for them. */
function afterCopies(receipt: Receipt): Receipt {
  return receipt.outcome === 'refused' ? { ...receipt, retryable: false } : receipt;
}

function refuse(request: Extract<Request, { ok: false }>): Receipt {
  if (request.why === 'not_sendable')
    return refusal(never('invalid', 'not_sendable', 'Email can not send this to this recipient.'));
  const words = 'A file of the mail could not be read.';
  return refusal(
    request.permanent
      ? never('media_problem', 'file_unreadable', words)
      : again('media_problem', 'file_unreadable', words),
    request.reason,
  );
}
