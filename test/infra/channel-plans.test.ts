import assert from 'node:assert/strict';
import test from 'node:test';
import type { ChannelPlan } from '../../infra/channel.ts';
import { ofType, synthesize } from './synthesized.ts';

const plain = { inbound: true, outbound: true, handshake: false, webhookAliases: [] };
const plans: ChannelPlan[] = [
  { name: 'sms', ...plain, eventsByGet: true },
  { name: 'tiktok', ...plain, renewsCredentials: true, worksLater: true },
  { name: 'telegram', ...plain },
];
const { resources } = synthesize(plans);

test('a webhook can be asked by GET only where a provider does', () => {
  const keys = ofType(resources, 'AWS::ApiGatewayV2::Route').map(([, route]) => String(route.Properties['RouteKey']));
  const byGet = keys.filter((key) => key.startsWith('GET /functions/'));
  assert.deepEqual(byGet.toSorted(), [
    'GET /functions/v1/sms-webhook',
    'GET /functions/v1/sms-webhook/{channel_account_id}',
  ]);
  assert.ok(keys.includes('POST /functions/v1/sms-webhook/{channel_account_id}'));
});

test('a webhook may leave work to the media function only where it has such work', () => {
  const queueing = ofType(resources, 'AWS::IAM::Policy')
    .filter(([, policy]) => JSON.stringify(policy).includes('sqs:SendMessage'))
    .map(([id]) => id);
  assert.deepEqual(
    ['sms', 'tiktok', 'telegram'].filter((name) => queueing.some((id) => id.startsWith(`Channel${name}Webhook`))),
    ['tiktok'],
  );
});

test('a sender may encrypt credentials only where it renews them', () => {
  const encrypting = ofType(resources, 'AWS::IAM::Policy')
    .filter(([, policy]) => JSON.stringify(policy).includes('kms:Encrypt'))
    .map(([id]) => id);
  assert.deepEqual(
    ['sms', 'tiktok', 'telegram'].filter((name) => encrypting.some((id) => id.startsWith(`Channel${name}Sender`))),
    ['tiktok'],
  );
});
