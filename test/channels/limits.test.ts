import assert from 'node:assert/strict';
import test from 'node:test';
import type { RateScope, Receipt } from '@parley/core/channels/contract.ts';
import { failureOf } from '@parley/core/channels/email/codes.ts';
import { failures as instagram } from '@parley/core/channels/instagram/errors.ts';
import { failures as messenger } from '@parley/core/channels/messenger/errors.ts';
import type { ProviderAnswer } from '@parley/core/channels/shared/http.ts';
import { receiptOfRefusal as metaReceipt } from '@parley/core/channels/shared/meta-errors.ts';
import { refusal } from '@parley/core/channels/shared/receipt.ts';
import { receiptOfCode, receiptOfHttp } from '@parley/core/channels/sms/errors.ts';
import { receiptOfRefusal as telegram } from '@parley/core/channels/telegram/errors.ts';
import { receiptOfRefusal as tiktok } from '@parley/core/channels/tiktok/errors.ts';
import { receiptOfRefusal as webPush } from '@parley/core/channels/web_push/errors.ts';
import { receiptOfRefusal as whatsappCloud } from '@parley/core/channels/whatsapp_cloud/errors.ts';
import { receiptOfRefusal as whatsappLite } from '@parley/core/channels/whatsapp_lite/errors.ts';

const [SECOND, MINUTE, HOUR] = [1000, 60_000, 3_600_000];

/** For how long a limit stops what it stops, and what that is: everything of the account, unless told. `final`: somebody has to do something. */
type Meaning = { waitMs: number | undefined; limit?: RateScope } | 'final';

const answer = (status: number, json: unknown = {}): ProviderAnswer => ({
  kind: 'answer',
  status,
  headers: new Headers(),
  json,
});
const graph = (code: number, subcode?: number) => answer(400, { error: { code, error_subcode: subcode, message: '' } });
const bot = (code: number, retry_after?: number) =>
  answer(code, { ok: false, error_code: code, description: 'Too Many Requests', parameters: { retry_after } });
const page = (code: number, subcode?: number) => metaReceipt(graph(code, subcode), 'Messenger', messenger);
const profile = (code: number, subcode?: number) => metaReceipt(graph(code, subcode), 'Instagram', instagram);

const limits: [name: string, receipt: Receipt, meaning: Meaning][] = [
  ['whatsapp_cloud 4', whatsappCloud(graph(4)), { waitMs: MINUTE }],
  ['whatsapp_cloud 80007', whatsappCloud(graph(80_007)), { waitMs: 10 * MINUTE }],
  ['whatsapp_cloud 130429', whatsappCloud(graph(130_429)), { waitMs: SECOND }],
  ['whatsapp_cloud 131056', whatsappCloud(graph(131_056)), { waitMs: 6 * SECOND, limit: 'recipient' }],
  ['whatsapp_cloud 131048', whatsappCloud(graph(131_048)), { waitMs: 4 * HOUR, limit: 'bulk' }],
  ['whatsapp_cloud 131064', whatsappCloud(graph(131_064)), { waitMs: 4 * HOUR, limit: 'bulk' }],
  ['whatsapp_cloud 132069', whatsappCloud(graph(132_069)), { waitMs: HOUR, limit: 'template' }],
  ['whatsapp_cloud 368', whatsappCloud(graph(368)), 'final'],
  ['whatsapp_cloud 131031', whatsappCloud(graph(131_031)), 'final'],
  ['whatsapp_cloud 131042', whatsappCloud(graph(131_042)), 'final'],
  // Meta's advice: not before a day has gone by, and not by itself
  ['whatsapp_cloud 131049', whatsappCloud(graph(131_049)), 'final'],
  ['whatsapp_cloud 132015', whatsappCloud(graph(132_015)), 'final'],
  ['whatsapp_cloud 133016', whatsappCloud(graph(133_016)), 'final'],
  ['whatsapp_cloud 429', whatsappCloud(answer(429)), { waitMs: undefined }],
  ['messenger 4', page(4), { waitMs: MINUTE }],
  ['messenger 17', page(17), { waitMs: MINUTE }],
  ['messenger 32', page(32), { waitMs: MINUTE }],
  ['messenger 613', page(613), { waitMs: MINUTE }],
  ['messenger 368', page(368), { waitMs: 4 * HOUR, limit: 'bulk' }],
  ['messenger 10/1893063', page(10, 1_893_063), { waitMs: 4 * HOUR, limit: 'bulk' }],
  ['messenger 613/2018338', page(613, 2_018_338), 'final'],
  ['messenger 9/2018352', page(9, 2_018_352), 'final'],
  ['instagram 613/2534040', profile(613, 2_534_040), { waitMs: MINUTE }],
  ['instagram 368', profile(368), { waitMs: 4 * HOUR, limit: 'bulk' }],
  ['instagram 100/2534029', profile(100, 2_534_029), 'final'],
  ['telegram 429', telegram(bot(429, 37)), { waitMs: 37 * SECOND, limit: 'unclear' }],
  ['telegram 420', telegram(bot(420)), { waitMs: SECOND, limit: 'unclear' }],
  ['telegram 409', telegram(bot(409)), 'final'],
  ['tiktok 40100', tiktok(answer(200, { code: 40_100, message: '' })), { waitMs: 10 * SECOND }],
  [
    'tiktok 40064, too fast',
    tiktok(answer(200, { code: 40_064, message: 'You are sending messages too fast. Take a rest.' })),
    { waitMs: 4 * HOUR, limit: 'bulk' },
  ],
  ['tiktok 40064', tiktok(answer(200, { code: 40_064, message: 'The window is closed.' })), 'final'],
  ['whatsapp_lite 429', whatsappLite(answer(429)), { waitMs: MINUTE }],
  ['sms -25', receiptOfCode(-25, 'r'), { waitMs: 10 * SECOND }],
  ['sms -5', receiptOfCode(-5, 'r'), 'final'],
  ['sms 429', receiptOfHttp(answer(429)), { waitMs: MINUTE }],
  ['web_push 429', webPush(answer(429)), { waitMs: 10 * SECOND, limit: 'unclear' }],
  ['web_push 406', webPush(answer(406)), { waitMs: 10 * SECOND, limit: 'unclear' }],
  ['email 454', mail(454, '454 Throttling failure: Maximum sending rate exceeded'), { waitMs: MINUTE }],
  [
    'email 454, a day',
    mail(454, '454 Throttling failure: Daily message quota exceeded'),
    { waitMs: 4 * HOUR, limit: 'bulk' },
  ],
  ['email 450 4.7.1', mail(450, '450 4.7.1 greylisted'), { waitMs: MINUTE, limit: 'unclear' }],
  ['email 550 5.7.1', mail(550, '550 5.7.1 refused'), 'final'],
];

function mail(code: number, words: string): Receipt {
  return refusal(failureOf(code, words), String(code));
}

for (const [name, receipt, meaning] of limits) {
  test(`${name} ${meaning === 'final' ? 'is final' : 'is tried again'}`, () => {
    assert.ok(receipt.outcome === 'refused');
    const { retryable, retryAfterMs, limit, error } = receipt;
    if (meaning === 'final') return assert.deepEqual([retryable, limit], [false, undefined]);
    assert.deepEqual([retryable, error.permanent, retryAfterMs, limit], [true, false, meaning.waitMs, meaning.limit]);
  });
}
