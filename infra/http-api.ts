import {
  CorsHttpMethod,
  type CorsPreflightOptions,
  HttpApi as Gateway,
  HttpMethod,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Duration } from 'aws-cdk-lib/core';
import { urlNameOf } from '@parley/core/domain/channel.ts';
import { Construct } from 'constructs';
import type { Bundles } from './bundles.ts';
import type { Channel, ChannelPlan } from './channel.ts';
import { LambdaFunction } from './function.ts';
import type { Identity } from './identity.ts';
import { textSetting } from './settings.ts';
import type { Storage } from './storage.ts';

export interface HttpApiProps {
  channels: readonly Channel[];
  bundles: Bundles;
  storage: Storage;
  identity: Identity;
}

/** The HTTP surface: a route per channel to its webhook function, everything else to the api function. */
export class HttpApi extends Construct {
  readonly url: string;
  readonly #gateway: Gateway;
  readonly #shortUrl: string;

  constructor(scope: Construct, id: string, props: HttpApiProps) {
    super(scope, id);
    this.#gateway = new Gateway(this, 'Gateway', { apiName: 'Parley', corsPreflight: cors(this) });
    this.url = this.#gateway.apiEndpoint;
    this.#shortUrl = shortDomain(this) ?? this.url;
    this.#routeApi(apiFunction(this, props), props.channels);
    for (const channel of props.channels) this.#routeWebhook(channel);
    this.#routeLinks(redirectFunction(this, props));
  }

  /** Tells `fn` what short links begin with, so that it can send messages that have some. */
  tellShortUrl(fn: LambdaFunction): void {
    fn.tell({ SHORT_URL: this.#shortUrl });
  }

  /** Answers of 500 and above. */
  metricServerError(period: Duration): Metric {
    return this.#gateway.metricServerError({ period, statistic: 'Sum' });
  }

  #routeApi(api: LambdaFunction, channels: readonly Channel[]): void {
    api.tell({ PUBLIC_URL: this.url });
    this.tellShortUrl(api);
    const integration = this.#integration('Api', api);
    for (const path of ['/rest/v1/{proxy+}', '/auth/v1/{proxy+}']) this.#gateway.addRoutes({ path, integration });
    for (const { plan } of channels.filter((channel) => channel.plan.outbound)) {
      for (const path of sendPaths(plan)) this.#gateway.addRoutes({ path, methods: [HttpMethod.POST], integration });
    }
  }

  // Providers that sign the URL they call, and senders that give a callback URL, need to know how the world reaches us.
  #routeWebhook({ plan, webhook, sender }: Channel): void {
    sender?.tell({ PUBLIC_URL: this.url });
    if (!webhook) return;
    webhook.tell({ PUBLIC_URL: this.url });
    const byGet = plan.handshake || plan.eventsByGet;
    const methods = byGet ? [HttpMethod.POST, HttpMethod.GET] : [HttpMethod.POST];
    const integration = this.#integration(`Webhook-${plan.name}`, webhook);
    for (const path of webhookPaths(plan)) this.#gateway.addRoutes({ path, methods, integration });
  }

  // Programs that look at a link before a person does ask with HEAD.
  #routeLinks(redirect: LambdaFunction): void {
    const integration = this.#integration('Redirect', redirect);
    this.#gateway.addRoutes({ path: '/l/{code}', methods: [HttpMethod.GET, HttpMethod.HEAD], integration });
  }

  // One permission for the whole API: a function's policy has room for 20 KB, and one per route outgrows it.
  #integration(id: string, fn: LambdaFunction): HttpLambdaIntegration {
    return new HttpLambdaIntegration(id, fn.lambda, { scopePermissionToRoute: false });
  }
}

/** Both spellings of a channel: as in data, and with `-` as in Supabase function names. */
function spellings({ name }: ChannelPlan): string[] {
  return [...new Set([name, urlNameOf(name)])];
}

/** By its other names too: the older system's `whatsapp-send`. */
function sendPaths(plan: ChannelPlan): string[] {
  return [...spellings(plan), ...(plan.aliases ?? [])].map((name) => `/functions/v1/${name}-send`);
}

function webhookPaths(plan: ChannelPlan): string[] {
  const names = new Set([...spellings(plan).map((name) => `${name}-webhook`), ...plan.webhookAliases]);
  return [...names].flatMap((name) => [`/functions/v1/${name}`, `/functions/v1/${name}/{channel_account_id}`]);
}

function apiFunction(scope: Construct, { bundles, storage, identity }: HttpApiProps): LambdaFunction {
  const fn = new LambdaFunction(scope, 'Api', { bundles, code: 'api', timeout: Duration.seconds(29) });
  storage.grantItems(fn, 'GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem');
  storage.grantInboxIndex(fn);
  storage.grantCredentialKey(fn, 'Encrypt', 'Decrypt');
  storage.grantMedia(fn, 'GetObject', 'PutObject');
  identity.tell(fn);
  return fn;
}

function redirectFunction(scope: Construct, { bundles, storage }: HttpApiProps): LambdaFunction {
  const fn = new LambdaFunction(scope, 'Redirect', { bundles, code: 'redirect', timeout: Duration.seconds(10) });
  storage.grantItems(fn, 'GetItem', 'UpdateItem');
  return fn;
}

/** `shortDomain` is a domain of the deployment's own that leads to the HTTP API, as in go.example.com. */
function shortDomain(scope: Construct): string | undefined {
  const domain = textSetting(scope, 'shortDomain');
  if (domain === undefined) return undefined;
  if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(domain))
    throw new Error(`Setting 'shortDomain' must be a domain, as in go.example.com, not '${domain}'`);
  return `https://${domain}`;
}

const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = CorsHttpMethod;

// What supabase-js and the inbox send and read.
function cors(scope: Construct): CorsPreflightOptions {
  return {
    allowOrigins: [textSetting(scope, 'inboxOrigin') ?? '*'],
    allowMethods: [GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS],
    allowHeaders: [
      'authorization',
      'apikey',
      'x-api-key',
      'content-type',
      'idempotency-key',
      'prefer',
      'range',
      'range-unit',
      'accept-profile',
      'content-profile',
      'x-client-info',
      'x-region',
      'x-retry-count',
    ],
    exposeHeaders: ['content-range', 'location', 'preference-applied', 'retry-after'],
    maxAge: Duration.hours(1),
  };
}
