import { WebSocketApi as Gateway, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Bundles } from './bundles.ts';
import { LambdaFunction } from './function.ts';
import type { Identity } from './identity.ts';
import type { Storage } from './storage.ts';

export interface WebSocketApiProps {
  bundles: Bundles;
  storage: Storage;
  identity: Identity;
}

/** The sockets of inbox clients, and the function that opens, answers and closes them. */
export class WebSocketApi extends Construct {
  /** what a client connects to, `wss://…/v1` */
  readonly url: string;
  readonly #stage: WebSocketStage;

  constructor(scope: Construct, id: string, props: WebSocketApiProps) {
    super(scope, id);
    const socket = socketFunction(this, props);
    const route = (name: string) => ({ integration: new WebSocketLambdaIntegration(name, socket.lambda) });
    const webSocketApi = new Gateway(this, 'Gateway', {
      apiName: 'ParleyRealtime',
      connectRouteOptions: route('OnConnect'),
      disconnectRouteOptions: route('OnDisconnect'),
      defaultRouteOptions: route('OnMessage'),
    });
    this.#stage = new WebSocketStage(this, 'Stage', { webSocketApi, stageName: 'v1', autoDeploy: true });
    this.url = this.#stage.url;
    this.grantPush(socket);
  }

  /** Lets `fn` write to open sockets. */
  grantPush(fn: LambdaFunction): void {
    const resourceName = `${this.#stage.api.apiId}/${this.#stage.stageName}/POST/@connections/*`;
    const arn = Stack.of(this).formatArn({ service: 'execute-api', resource: resourceName });
    fn.allow(['execute-api:ManageConnections'], [arn]);
    fn.tell({ WEBSOCKET_ENDPOINT: this.#stage.callbackUrl });
  }
}

function socketFunction(scope: Construct, { bundles, storage, identity }: WebSocketApiProps): LambdaFunction {
  const fn = new LambdaFunction(scope, 'Socket', { bundles, code: 'socket', timeout: Duration.seconds(10) });
  storage.grantItems(fn, 'GetItem', 'PutItem', 'DeleteItem');
  identity.tell(fn);
  return fn;
}
