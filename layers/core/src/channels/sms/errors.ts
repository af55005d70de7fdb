import type { SendError } from '../../domain/status.ts';

const expired = {
  class: 'recipient_unavailable',
  code: 'expired',
  message: 'The phone could not be reached in time.',
  permanent: false,
} as const;
const rejected = {
  class: 'recipient_unavailable',
  code: 'rejected',
  message: 'The network or the recipient does not take the message.',
  permanent: true,
} as const;
const undeliverable = {
  class: 'recipient_unavailable',
  code: 'undeliverable',
  message: 'The network could not deliver the message.',
  permanent: true,
} as const;

/** For a delivery report of a failure. `code` is the network's own. */
export function errorOfReport(state: string, code: string | undefined): SendError {
  const failure = state === 'expired' ? expired : state.startsWith('reject') ? rejected : undeliverable;
  return { ...failure, providerCode: code ?? state };
}
