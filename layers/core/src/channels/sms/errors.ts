import type { SendError } from '../../domain/status.ts';
import { mend, never, sendErrorOf } from '../shared/receipt.ts';

const expired = mend('recipient_unavailable', 'expired', 'The phone could not be reached in time.');
const rejected = never('recipient_unavailable', 'rejected', 'The network or the recipient does not take the message.');
const undeliverable = never('recipient_unavailable', 'undeliverable', 'The network could not deliver the message.');

/** For a delivery report of a failure. `code` is the network's own. */
export function errorOfReport(state: string, code: string | undefined): SendError {
  const failure = state === 'expired' ? expired : state.startsWith('reject') ? rejected : undeliverable;
  return sendErrorOf(failure, code ?? state);
}
