import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Cloud } from '@parley/local/cloud.ts';

/** An item of the table, as it is stored. */
export type Item = Record<string, unknown> & { pk: string; sk: string };

/** The name of the one table. */
export async function tableOf(cloud: Cloud): Promise<string> {
  const [table = ''] = (await ask<{ TableNames: string[] }>(cloud, 'ListTables', {})).TableNames;
  return table;
}

/** Lets the product's store, in this process, work on the table of a cloud. */
export async function useStoreOf(cloud: Cloud): Promise<void> {
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: cloud.dynamoDb.url,
    TABLE_NAME: await tableOf(cloud),
  });
}

/** Everything that is stored, read through DynamoDB's own API. */
export async function storedItems(cloud: Cloud): Promise<Item[]> {
  const table = await tableOf(cloud);
  const items: Item[] = [];
  let ExclusiveStartKey: Record<string, AttributeValue> | undefined;
  do {
    const page: ScanPage = await ask(cloud, 'Scan', { TableName: table, ConsistentRead: true, ExclusiveStartKey });
    items.push(...page.Items.map((item) => unmarshall(item) as Item));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return items;
}

/** What each of these messages waits for. */
export async function dueOf(cloud: Cloud, messages: Record<string, unknown>[]): Promise<unknown[]> {
  const items = await storedItems(cloud);
  return messages.map(({ id }) => items.find(({ sk }) => sk === messageKey(id))?.['due']);
}

/** What was set aside, with the reason. */
export async function quarantined(cloud: Cloud): Promise<Item[]> {
  return (await storedItems(cloud)).filter(({ pk }) => pk.startsWith('quarantine#'));
}

/** Asks for a broadcast's unknown messages to be sent again as somebody did at that time (ms): a task that comes late, or once more. */
export async function askForRetryAt(
  cloud: Cloud,
  { organization_id, id }: Record<string, unknown>,
  at: number,
): Promise<void> {
  const table = await tableOf(cloud);
  const pk = { S: `${String(organization_id)}#broadcast#${String(id)}` };
  await ask(cloud, 'PutItem', {
    TableName: table,
    Item: { pk, sk: { S: 'now#retry' }, asked: { N: String(at) }, due: { S: 'retry' } },
  });
}

/** Makes it that the customer of a conversation last wrote at a time (ms). */
export async function lastWrote(
  cloud: Cloud,
  { organization_id, id }: Record<string, unknown>,
  at: number,
): Promise<void> {
  const table = await tableOf(cloud);
  await ask(cloud, 'UpdateItem', {
    TableName: table,
    Key: { pk: { S: `${String(organization_id)}#${String(id)}` }, sk: { S: 'conversation' } },
    UpdateExpression: 'SET inbound = :at',
    ConditionExpression: 'attribute_exists(inbound)',
    ExpressionAttributeValues: { ':at': { N: String(at) } },
  });
}

/** Makes it that a held message waits for its customer until a time (ms). */
export function heldUntil(cloud: Cloud, message: Record<string, unknown>, at: number): Promise<void> {
  return setTime(cloud, message, 'held', at);
}

/** Makes it that a message was put off until a time (ms). */
export function scheduledFor(cloud: Cloud, message: Record<string, unknown>, at: number): Promise<void> {
  return setTime(cloud, message, 'scheduled', at);
}

/** Makes it that a broadcast was put off until a time (ms). */
export function broadcastScheduledFor(
  cloud: Cloud,
  { organization_id, id }: Record<string, unknown>,
  at: number,
): Promise<void> {
  return setTimeOf(cloud, `${String(organization_id)}#broadcasts`, String(id), 'scheduled', at);
}

/** Makes it that who listens has listened for a minute longer. */
export async function listenLonger(cloud: Cloud): Promise<void> {
  const table = await tableOf(cloud);
  const listening = (await storedItems(cloud)).filter(({ pk }) => pk.endsWith('#connections'));
  for (const { pk, sk } of listening)
    await ask(cloud, 'UpdateItem', {
      TableName: table,
      Key: { pk: { S: pk }, sk: { S: sk } },
      UpdateExpression: 'SET #ttl = #ttl - :minute',
      ExpressionAttributeNames: { '#ttl': 'ttl' },
      ExpressionAttributeValues: { ':minute': { N: '60' } },
    });
}

/** Makes it that a message failed at a time (ms). */
export async function failedAt(
  cloud: Cloud,
  { organization_id, conversation_id, id }: Record<string, unknown>,
  at: number,
): Promise<void> {
  await ask(cloud, 'UpdateItem', {
    TableName: await tableOf(cloud),
    Key: { pk: { S: `${String(organization_id)}#${String(conversation_id)}` }, sk: { S: messageKey(id) } },
    UpdateExpression: 'SET failed.#at = :at',
    ExpressionAttributeNames: { '#at': 'at' },
    ExpressionAttributeValues: { ':at': { N: String(at) } },
  });
}

function setTime(
  cloud: Cloud,
  { organization_id, conversation_id, id }: Record<string, unknown>,
  attribute: string,
  at: number,
): Promise<void> {
  return setTimeOf(cloud, `${String(organization_id)}#${String(conversation_id)}`, messageKey(id), attribute, at);
}

function messageKey(id: unknown): string {
  return `message#${String(id).slice('msg_'.length, 'msg_'.length + 36)}`;
}

async function setTimeOf(cloud: Cloud, pk: string, sk: string, attribute: string, at: number): Promise<void> {
  await ask(cloud, 'UpdateItem', {
    TableName: await tableOf(cloud),
    Key: { pk: { S: pk }, sk: { S: sk } },
    UpdateExpression: 'SET #attribute = :at',
    ConditionExpression: 'attribute_exists(#attribute)',
    ExpressionAttributeNames: { '#attribute': attribute },
    ExpressionAttributeValues: { ':at': { N: String(at) } },
  });
}

interface ScanPage {
  Items: Record<string, AttributeValue>[];
  LastEvaluatedKey?: Record<string, AttributeValue>;
}

async function ask<Output>(cloud: Cloud, operation: string, input: object): Promise<Output> {
  const headers = {
    'X-Amz-Target': `DynamoDB_20120810.${operation}`,
    'Content-Type': 'application/x-amz-json-1.0',
    Authorization: 'local',
  };
  const response = await fetch(cloud.dynamoDb.url, { method: 'POST', headers, body: JSON.stringify(input) });
  if (!response.ok) throw new Error(`${operation}: ${await response.text()}`);
  return (await response.json()) as Output;
}
