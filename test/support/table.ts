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
