import assert from 'node:assert/strict';
import test from 'node:test';
import { ofType, referredTo, synthesize } from './synthesized.ts';

const { resources, template } = synthesize();

test('every route leads where the picture says', () => {
  const expected = {
    ...routes(
      'webhook-whatsapp_cloud',
      ['POST', 'GET'],
      ['whatsapp-cloud-webhook', 'whatsapp_cloud-webhook'].flatMap(withAccount),
    ),
    ...routes(
      'webhook-whatsapp_lite',
      ['POST'],
      ['whatsapp-lite-webhook', 'whatsapp_lite-webhook', 'appgain-whatsapp-webhook'].flatMap(withAccount),
    ),
    ...routes('webhook-telegram', ['POST'], withAccount('telegram-webhook')),
    ...routes('webhook-tiktok', ['POST'], withAccount('tiktok-webhook')),
    ...routes(
      'api',
      ['POST'],
      ['whatsapp-cloud-send', 'whatsapp_cloud-send', 'whatsapp-lite-send', 'whatsapp_lite-send', 'whatsapp-send'],
    ),
    ...routes('api', ['POST'], ['telegram-send', 'web-push-send', 'web_push-send']),
    'ANY /rest/v1/{proxy+}': 'api',
    'ANY /auth/v1/{proxy+}': 'api',
    'GET /l/{code}': 'redirect',
    'HEAD /l/{code}': 'redirect',
    $connect: 'socket',
    $disconnect: 'socket',
    $default: 'socket',
  };
  assert.deepEqual(sorted(actualRoutes()), sorted(expected));
});

test('browsers may send and read the headers of supabase-js', () => {
  const [api] = Object.values(
    template.findResources('AWS::ApiGatewayV2::Api', { Properties: { ProtocolType: 'HTTP' } }),
  );
  const cors = api?.['Properties'].CorsConfiguration;
  for (const header of [
    'authorization',
    'x-client-info',
    'apikey',
    'x-api-key',
    'content-type',
    'prefer',
    'idempotency-key',
  ]) {
    assert.ok(cors.AllowHeaders.includes(header), header);
  }
  assert.deepEqual(cors.ExposeHeaders, ['content-range', 'location', 'preference-applied', 'retry-after']);
  assert.deepEqual(cors.AllowOrigins, ['*']);
});

test('the setting inboxOrigin narrows which pages may call', () => {
  const narrowed = JSON.stringify(synthesize([], { inboxOrigin: 'https://inbox.example' }).resources);
  assert.equal(narrowed.split('"AllowOrigins":["https://inbox.example"]').length - 1, 1);
  assert.equal(narrowed.split('"AllowedOrigins":["https://inbox.example"]').length - 1, 1);
});

function routes(fn: string, methods: string[], names: string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => methods.map((method) => [`${method} /functions/v1/${name}`, fn])));
}

function withAccount(name: string): string[] {
  return [name, `${name}/{channel_account_id}`];
}

function actualRoutes(): Record<string, string> {
  return Object.fromEntries(
    ofType(resources, 'AWS::ApiGatewayV2::Route').map(([, { Properties }]) => {
      const integration = resources[referredTo(Properties['Target']) ?? ''];
      const fn = resources[referredTo(integration?.Properties['IntegrationUri']) ?? functionInUri(integration) ?? ''];
      return [String(Properties['RouteKey']), String(fn?.Properties['Description']).replace('Parley ', '')];
    }),
  );
}

function functionInUri(integration: unknown): string | undefined {
  return /"Fn::GetAtt":\["([A-Za-z0-9]+Function[A-F0-9]+)"/.exec(JSON.stringify(integration) ?? '')?.[1];
}

function sorted(record: Record<string, string>): string[] {
  return Object.entries(record)
    .map(([route, fn]) => `${route} -> ${fn}`)
    .sort();
}
