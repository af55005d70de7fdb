import type { Channel, Receipt } from '@parley/core/channels/contract.ts';
import type { Body } from '@parley/core/domain/body.ts';
import { withProvider, type Captured, type Reply } from '../../provider.ts';
import { accountOf, REFERENCE, webhook, type ChannelCases } from '../cases.ts';

const hello: Body = { type: 'text', text: 'private words' };

/** What comes of one send that Graph answers so. */
export async function answered(
  channel: Channel,
  cases: ChannelCases,
  reply: Reply,
  body = hello,
  options: Record<string, unknown> = {},
): Promise<{ receipt: Receipt; asked: Captured[] }> {
  return withProvider(reply, async ({ url, requests }) => {
    const receipt = await channel.send({ reference: REFERENCE, to: cases.to, body, options }, accountOf(cases, url));
    return { receipt, asked: requests };
  });
}

export function graphError(status: number, code: number, more: { subcode?: number; transient?: boolean } = {}): Reply {
  const error = {
    message: `(#${code}) x`,
    type: 'OAuthException',
    code,
    ...(more.subcode !== undefined && { error_subcode: more.subcode }),
    ...(more.transient && { is_transient: true }),
    fbtrace_id: 'A',
  };
  return { status, json: { error } };
}

/** Answer to a subscription check with such a query, where two verify tokens are good. */
export function challenged(channel: Channel, query: Record<string, string>): string | undefined {
  const secrets = ['old', 'token'].map((verify_token) => ({ app_secret: 's', verify_token }));
  return channel.handshake?.(webhook('', {}, new URLSearchParams(query).toString()), { id: 'app', secrets });
}

/** [code, subcode or 0, HTTP status, class, retryable, permanent] */
export type CodeCase = [number, number, number, string, boolean, boolean];

/** What Messenger and Instagram mean alike. */
export const sharedCodes: CodeCase[] = [
  [0, 0, 401, 'auth', false, false],
  [1, 0, 500, 'provider_down', true, false],
  [1, 99, 400, 'provider_down', true, false],
  [2, 0, 503, 'provider_down', true, false],
  [4, 0, 403, 'rate_limited', true, false],
  [10, 0, 403, 'auth', false, false],
  [10, 2018065, 400, 'window_closed', false, true],
  [10, 2018108, 400, 'recipient_unavailable', false, true],
  [17, 0, 400, 'rate_limited', true, false],
  [32, 0, 400, 'rate_limited', true, false],
  [100, 0, 400, 'invalid', false, true],
  [100, 33, 400, 'auth', false, false],
  [100, 2018001, 400, 'recipient_unavailable', false, true],
  [100, 2018008, 400, 'media_problem', true, false],
  [100, 2018014, 400, 'invalid', false, true],
  [100, 2018047, 400, 'media_problem', false, true],
  [100, 2018074, 400, 'media_problem', true, false],
  [100, 2018109, 400, 'media_problem', false, true],
  [100, 2018294, 400, 'media_problem', false, true],
  [190, 0, 401, 'auth', false, false],
  [190, 463, 400, 'auth', false, false],
  [200, 0, 403, 'auth', false, false],
  [200, 1545041, 400, 'recipient_unavailable', false, true],
  [200, 2018028, 403, 'auth', false, false],
  [230, 0, 403, 'auth', false, false],
  [368, 0, 403, 'account_restricted', true, false],
  [551, 0, 400, 'recipient_unavailable', false, true],
  [551, 1545041, 400, 'recipient_unavailable', false, true],
  [613, 0, 400, 'rate_limited', true, false],
  [1200, 0, 500, 'provider_down', true, false],
  [2018300, 0, 400, 'account_restricted', false, false],
  [2018321, 0, 400, 'provider_down', true, false],
  [9000001, 0, 400, 'invalid', false, true],
  [999999, 0, 400, 'invalid', false, true],
  [999999, 0, 401, 'auth', false, false],
];
