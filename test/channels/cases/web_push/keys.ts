import type { Subscription } from '@parley/core/channels/web_push/address.ts';

/** A browser's own side of its subscriptions in these tests: RFC 8291's example. */
export const browser = {
  privateKey: 'q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94',
  p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
  auth: 'BTBZMqHH6r4Tts7J_aSIgg',
};

export function subscriptionAt(endpoint: string): Subscription {
  return { endpoint, p256dh: browser.p256dh, auth: browser.auth };
}
