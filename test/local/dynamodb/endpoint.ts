import assert from 'node:assert/strict';
import type { AttributeValue, CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DynamoDBStreamsClientConfig } from '@aws-sdk/client-dynamodb-streams';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDb, DynamoDbOptions } from '@parley/local/dynamodb/server.ts';
import { startDynamoDb } from '@parley/local/dynamodb/server.ts';

/** A running endpoint with unmodified SDK clients that do not retry. */
export type Endpoint = {
  dynamo: DynamoDb;
  client: DynamoDBClient;
  streams: DynamoDBStreamsClient;
  close(): Promise<void>;
};

export async function startEndpoint(options: Partial<DynamoDbOptions> = {}): Promise<Endpoint> {
  const dynamo = await startDynamoDb({ file: ':memory:', ...options });
  const client = clientOf(dynamo.url);
  const streams = new DynamoDBStreamsClient(configuration(dynamo.url));
  const close = async (): Promise<void> => {
    client.destroy();
    streams.destroy();
    await dynamo.close();
  };
  return { dynamo, client, streams, close };
}

export function clientOf(url: string, maxAttempts = 1): DynamoDBClient {
  return new DynamoDBClient({ ...configuration(url), maxAttempts });
}

/**
 * A table `pk` (S) / `sk` (N) with a global index `byClub` on `club` (S) / `score` (N) that holds everything, a global
 * index `clubKeys` on `club` that holds keys, and a local index `byScore` on `score` that also holds `note`.
 */
export async function createTable(
  client: DynamoDBClient,
  name: string,
  more: Partial<CreateTableCommandInput> = {},
): Promise<void> {
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'N' },
        { AttributeName: 'club', AttributeType: 'S' },
        { AttributeName: 'score', AttributeType: 'N' },
      ],
      KeySchema: keySchema('pk', 'sk'),
      GlobalSecondaryIndexes: [
        { IndexName: 'byClub', KeySchema: keySchema('club', 'score'), Projection: { ProjectionType: 'ALL' } },
        { IndexName: 'clubKeys', KeySchema: keySchema('club'), Projection: { ProjectionType: 'KEYS_ONLY' } },
      ],
      LocalSecondaryIndexes: [
        {
          IndexName: 'byScore',
          KeySchema: keySchema('pk', 'score'),
          Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['note'] },
        },
      ],
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
      ...more,
    }),
  );
}

export function keySchema(hash: string, range?: string): NonNullable<CreateTableCommandInput['KeySchema']> {
  const first = { AttributeName: hash, KeyType: 'HASH' as const };
  return range === undefined ? [first] : [first, { AttributeName: range, KeyType: 'RANGE' as const }];
}

export function s(value: string): { S: string } {
  return { S: value };
}

export function n(value: number | string): { N: string } {
  return { N: String(value) };
}

export function key(pk: string, sk: number | string = 1): Record<'pk' | 'sk', AttributeValue> {
  return { pk: s(pk), sk: n(sk) };
}

/** DynamoDB refuses it as invalid, in such words. */
export async function refused(asked: Promise<unknown>, words: RegExp): Promise<void> {
  await assert.rejects(asked, (error: Error) => error.name === 'ValidationException' && words.test(error.message));
}

/** The texts in order; what is absent counts as the word. */
export function sorted(texts: (string | undefined)[]): string[] {
  return texts.map(String).toSorted();
}

function configuration(endpoint: string): DynamoDBStreamsClientConfig {
  return {
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  };
}
