import type { SendError } from '../../domain/status.ts';
import { mend, sendErrorOf } from '../shared/receipt.ts';

const failed = mend('provider_down', 'not_delivered', 'WhatsApp could not send the message.');

/** A receipt of level ERROR says no more than that. */
export function notDelivered(providerCode: string | undefined): SendError {
  return sendErrorOf(failed, providerCode);
}
