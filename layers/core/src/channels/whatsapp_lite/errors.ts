import type { SendError } from '../../domain/status.ts';
import { compact } from '../shared/read.ts';

/** A receipt of level ERROR says no more than that. */
export function notDelivered(providerCode: string | undefined): SendError {
  const error = {
    class: 'provider_down',
    code: 'not_delivered',
    message: 'WhatsApp could not send the message.',
  } as const;
  return { ...error, permanent: false, ...compact({ providerCode }) };
}
