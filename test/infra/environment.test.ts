import assert from 'node:assert/strict';
import test from 'node:test';
import { ofType, synthesize } from './synthesized.ts';

const { resources } = synthesize();

const common = ['POWERTOOLS_METRICS_NAMESPACE', 'POWERTOOLS_SERVICE_NAME'];
const identity = ['AUDIENCE', 'ISSUER', 'JWKS_URI', 'ORGANIZATION_CLAIM', 'USER_POOL_CLIENT_ID'];
const sendQueues = ['TELEGRAM', 'WEB_PUSH', 'WHATSAPP_CLOUD', 'WHATSAPP_LITE'].flatMap((channel) => [
  `SEND_QUEUE_URL_${channel}`,
  `SEND_QUEUE_URL_${channel}_BULK`,
]);
const schedules = ['SCHEDULER_FUNCTION_ARN', 'SCHEDULER_ROLE_ARN', 'SCHEDULE_GROUP'];

/** What each function is told; a setting it does not use would be a wrong arrow in the picture. */
const told: Record<string, string[]> = {
  'webhook-telegram': ['CHANNEL', 'KEY_ID', 'PUBLIC_URL', 'TABLE_NAME'],
  'sender-telegram': [
    'CHANNEL',
    'KEY_ID',
    'MEDIA_BUCKET',
    'PUBLIC_URL',
    'SENDERS',
    'SEND_QUEUE_URL_TELEGRAM',
    'SEND_QUEUE_URL_TELEGRAM_BULK',
    'TABLE_NAME',
  ],
  api: ['KEY_ID', 'MEDIA_BUCKET', 'PUBLIC_URL', 'SHORT_URL', 'TABLE_NAME', ...identity],
  redirect: ['TABLE_NAME'],
  broadcast: ['BROADCAST_QUEUE_URL', 'MEDIA_BUCKET', 'SHORT_URL', 'TABLE_NAME'],
  dispatch: ['TABLE_NAME', 'BROADCAST_QUEUE_URL', 'MEDIA_QUEUE_URL', ...sendQueues, ...schedules],
  project: ['MEDIA_BUCKET', 'MEDIA_QUEUE_URL', 'TABLE_NAME', 'WEBSOCKET_ENDPOINT'],
  media: ['KEY_ID', 'MEDIA_BUCKET', 'MEDIA_QUEUE_URL', 'TABLE_NAME'],
  scheduler: ['MEDIA_BUCKET', 'SHORT_URL', 'TABLE_NAME'],
  health: ['KEY_ID', 'PUBLIC_URL', 'TABLE_NAME'],
  admin: ['ISSUER', 'KEY_ID', 'MEDIA_BUCKET', 'MEDIA_QUEUE_URL', 'ORGANIZATION_CLAIM', 'TABLE_NAME', 'USER_POOL_ID'],
  socket: ['TABLE_NAME', 'WEBSOCKET_ENDPOINT', ...identity],
};

test('a function is told what it was granted, and nothing else', () => {
  for (const [name, variables] of Object.entries(told)) {
    assert.deepEqual(Object.keys(environmentOf(name)).sort(), [...common, ...variables].sort(), name);
  }
});

test('a channel function knows its channel as it is named in data', () => {
  assert.equal(environmentOf('webhook-whatsapp_cloud')['CHANNEL'], 'whatsapp_cloud');
  assert.equal(environmentOf('sender-web_push')['CHANNEL'], 'web_push');
});

test('pushes go to the management API of the stage that clients connect to', () => {
  const endpoint = JSON.stringify(environmentOf('project')['WEBSOCKET_ENDPOINT']);
  assert.match(endpoint, /"https:\/\/".*execute-api.*"\/v1"/);
});

function environmentOf(name: string): Record<string, unknown> {
  const functions = ofType(resources, 'AWS::Lambda::Function').map(([, fn]) => fn.Properties);
  const found = functions.find((fn) => fn['Description'] === `Parley ${name}`);
  return Object(found?.['Environment']).Variables ?? {};
}
