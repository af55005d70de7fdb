import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { HttpApi, HttpMethod, WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration, WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Alarm, ComparisonOperator } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { OAuthScope, UserPool } from 'aws-cdk-lib/aws-cognito';
import { AttributeType, Billing, type ITable, StreamViewType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Key } from 'aws-cdk-lib/aws-kms';
import {
  Code,
  FilterCriteria,
  FilterRule,
  Function,
  LayerVersion,
  Runtime,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsDlq, SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';

/** Synthesizes a small stack with one of each thing this project deploys; gives the folder of the result. */
export function synthesizeExample(folder: string): string {
  const code = join(folder, 'code');
  const layer = join(folder, 'layer');
  for (const [path, text] of [
    [code, 'export const handler = async () => 1'],
    [layer, 'export {}'],
  ] as const) {
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, 'index.mjs'), text);
  }
  const outdir = join(folder, 'cdk.out');
  const app = new App({ outdir });
  addExample(new Stack(app, 'Example'), code, layer);
  app.synth();
  return outdir;
}

function addExample(stack: Stack, code: string, layerCode: string): void {
  const { table, bucket, key, deadLetters, sends } = storage(stack);
  const layers = [new LayerVersion(stack, 'Core', { code: Code.fromAsset(layerCode) })];
  const runtime = Runtime.NODEJS_24_X;
  const logGroup = new LogGroup(stack, 'Logs');
  const settings = { runtime, handler: 'index.handler', code: Code.fromAsset(code), layers, logGroup };
  const webhook = new Function(stack, 'Webhook', { ...settings, timeout: Duration.seconds(10), memorySize: 256 });
  const dispatch = new Function(stack, 'Dispatch', { ...settings, functionName: 'example-dispatch' });
  const { http, socketStage } = apis(stack, webhook);
  const users = new UserPool(stack, 'Users');
  const client = users.addClient('Inbox', { oAuth: { scopes: [OAuthScope.OPENID] } });
  const group = new ScheduleGroup(stack, 'Schedules', { scheduleGroupName: 'messages' });
  const variables = {
    TABLE: table.tableName,
    BUCKET: bucket.bucketName,
    QUEUE_URL: sends.queueUrl,
    KEY: key.keyId,
    HTTP: http.apiEndpoint,
    SOCKET: socketStage.url,
    PUSH: socketStage.callbackUrl,
    POOL: users.userPoolId,
    CLIENT: client.userPoolClientId,
    GROUP: group.scheduleGroupName,
  };
  for (const [name, value] of Object.entries(variables)) webhook.addEnvironment(name, value);
  table.grantReadWriteData(webhook);
  bucket.grantReadWrite(webhook);
  key.grantDecrypt(webhook);
  dispatch.addEventSource(
    new DynamoEventSource(table as ITable, {
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      maxBatchingWindow: Duration.seconds(1),
      retryAttempts: 5,
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      parallelizationFactor: 4,
      onFailure: new SqsDlq(deadLetters),
      filters: [FilterCriteria.filter({ eventName: FilterRule.isEqual('INSERT') })],
    }),
  );
  webhook.addEventSource(new SqsEventSource(sends, { batchSize: 5, reportBatchItemFailures: true, maxConcurrency: 3 }));
  const alarm = new Alarm(stack, 'Dead', {
    metric: deadLetters.metricApproximateNumberOfMessagesVisible(),
    threshold: 1,
    evaluationPeriods: 1,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
  });
  alarm.addAlarmAction(new SnsAction(new Topic(stack, 'Alarms')));
  addOutput(stack, 'Url', http.url ?? '');
  addOutput(stack, 'SocketUrl', socketStage.url);
}

function addOutput(stack: Stack, id: string, value: string): CfnOutput {
  return new CfnOutput(stack, id, { value });
}

function storage(stack: Stack) {
  const table = new TableV2(stack, 'Table', {
    partitionKey: { name: 'pk', type: AttributeType.STRING },
    sortKey: { name: 'sk', type: AttributeType.STRING },
    billing: Billing.onDemand(),
    timeToLiveAttribute: 'ttl',
    dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
    globalSecondaryIndexes: [{ indexName: 'inbox', partitionKey: { name: 'gpk', type: AttributeType.STRING } }],
  });
  const bucket = new Bucket(stack, 'Media', { enforceSSL: true });
  const key = new Key(stack, 'Key', { alias: 'example' });
  const deadLetters = new Queue(stack, 'DeadLetters', { fifo: false });
  const deadSends = new Queue(stack, 'DeadSends', { fifo: true });
  const sends = new Queue(stack, 'Sends', {
    fifo: true,
    visibilityTimeout: Duration.seconds(60),
    contentBasedDeduplication: true,
    enforceSSL: true,
    deadLetterQueue: { queue: deadSends, maxReceiveCount: 4 },
  });
  return { table, bucket, key, deadLetters, sends };
}

function apis(stack: Stack, handler: Function) {
  const http = new HttpApi(stack, 'Http');
  const integration = new HttpLambdaIntegration('WebhookIntegration', handler);
  http.addRoutes({ path: '/functions/v1/{name}', methods: [HttpMethod.GET, HttpMethod.POST], integration });
  http.addRoutes({ path: '/{rest+}', methods: [HttpMethod.ANY], integration });
  const socket = new WebSocketApi(stack, 'Socket', {
    connectRouteOptions: { integration: new WebSocketLambdaIntegration('OnConnect', handler) },
    defaultRouteOptions: { integration: new WebSocketLambdaIntegration('OnMessage', handler) },
  });
  const socketStage = new WebSocketStage(stack, 'SocketStage', {
    webSocketApi: socket,
    stageName: 'v1',
    autoDeploy: true,
  });
  return { http, socketStage };
}
