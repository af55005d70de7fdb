import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import type { Cloud } from '@parley/local/cloud.ts';
import { tableOf } from './table.ts';

/** Makes it that all moments of an account are taken until a time (ms), and none of the day after. */
export function takenUntil(cloud: Cloud, { id }: { id: string }, at: number): Promise<void> {
  return update(cloud, {
    Key: { pk: { S: `pace#${id}` }, sk: { S: 'pace' } },
    UpdateExpression: 'SET #next = :next, #until = :next, #count = :none',
    ExpressionAttributeNames: { '#next': 'next', '#until': 'until', '#count': 'count' },
    ExpressionAttributeValues: { ':next': { N: String(at * 1000) }, ':none': { N: '0' } },
  });
}

/** Makes it that a message that was put off by its sender may go at a time (ms). */
export function waitsUntil(
  cloud: Cloud,
  { organization_id, conversation_id, id }: Record<string, unknown>,
  at: number,
): Promise<void> {
  return update(cloud, {
    Key: {
      pk: { S: `${String(organization_id)}#${String(conversation_id)}` },
      sk: { S: `message#${String(id).slice('msg_'.length, 'msg_'.length + 36)}` },
    },
    UpdateExpression: 'SET #wait.#until = :at',
    ConditionExpression: 'attribute_exists(#wait)',
    ExpressionAttributeNames: { '#wait': 'wait', '#until': 'until' },
    ExpressionAttributeValues: { ':at': { N: String(at) } },
  });
}

async function update(cloud: Cloud, input: Omit<UpdateItemCommandInput, 'TableName'>): Promise<void> {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ endpoint: cloud.dynamoDb.url, region: 'us-east-1', credentials });
  await client.send(new UpdateItemCommand({ TableName: await tableOf(cloud), ...input }));
  client.destroy();
}
