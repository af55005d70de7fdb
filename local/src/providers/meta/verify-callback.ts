import { randomInt } from 'node:crypto';
import type { Deliver } from '../deliveries.ts';

/** Meta's check of a callback URL: the challenge has to come back word for word. */
export async function verifyCallback(
  account: { webhook_url: string; verify_token: string },
  deliver: Deliver,
): Promise<boolean> {
  const challenge = String(randomInt(1e9, 2e9));
  const url = new URL(account.webhook_url);
  url.searchParams.set('hub.mode', 'subscribe');
  url.searchParams.set('hub.challenge', challenge);
  url.searchParams.set('hub.verify_token', account.verify_token);
  try {
    const response = await deliver(url.href, { method: 'GET' });
    return response.status === 200 && (await response.text()) === challenge;
  } catch {
    return false;
  }
}
