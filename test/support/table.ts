import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Cloud } from '@parley/local/cloud.ts';

/** An item of the table, as it is stored. */
export type Item = Record<string, unknown> & { pk: string; sk: string };

/** Everything that is stored, read through DynamoDB's own API. */
export async function storedItems(cloud: Cloud): Promise<Item[]> {
  const [table] = (await ask<{ TableNames: string[] }>(cloud, 'ListTables', {})).TableNames;
  const items: Item[] = [];
  let ExclusiveStartKey: Record<string, AttributeValue> | undefined;
  do {
    const page: ScanPage = await ask(cloud, 'Scan', { TableName: table, ConsistentRead: true, ExclusiveStartKey });
    items.push(...page.Items.map((item) => unmarshall(item) as Item));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return items;
}

/** What was set aside, with the reason. */
export async function quarantined(cloud: Cloud): Promise<Item[]> {
  return (await storedItems(cloud)).filter(({ pk }) => pk.startsWith('quarantine#'));
}

/** Makes it that the customer of a conversation last wrote at a time (ms). */
export async function lastWrote(
  cloud: Cloud,
  { organization_id, id }: Record<string, unknown>,
  at: number,
): Promise<void> {
  const [table] = (await ask<{ TableNames: string[] }>(cloud, 'ListTables', {})).TableNames;
  await ask(cloud, 'UpdateItem', {
    TableName: table,
    Key: { pk: { S: `${String(organization_id)}#${String(id)}` }, sk: { S: 'conversation' } },
    UpdateExpression: 'SET inbound = :at',
    ConditionExpression: 'attribute_exists(inbound)',
    ExpressionAttributeValues: { ':at': { N: String(at) } },
  });
}

/** Makes it that a held message waits for its customer until a time (ms). */
export async function heldUntil(
  cloud: Cloud,
  { organization_id, conversation_id, id }: Record<string, unknown>,
  at: number,
): Promise<void> {
  const [table] = (await ask<{ TableNames: string[] }>(cloud, 'ListTables', {})).TableNames;
  await ask(cloud, 'UpdateItem', {
    TableName: table,
    Key: {
      pk: { S: `${String(organization_id)}#${String(conversation_id)}` },
      sk: { S: `message#${String(id).slice('msg_'.length, 'msg_'.length + 36)}` },
    },
    UpdateExpression: 'SET held = :at',
    ConditionExpression: 'attribute_exists(held)',
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
