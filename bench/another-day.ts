import type { Cloud } from '@parley/local/cloud.ts';
import { rows } from '../test/support/cloud.ts';
import type { Organization } from '../test/support/cloud.ts';

/** Makes every conversation one that was last written in yesterday, as it is for a day's first message. */
export async function moveToYesterday(cloud: Cloud, organization: Organization | undefined): Promise<void> {
  const yesterday = Date.now() - 24 * 3600 * 1000;
  const day = new Date(yesterday).toISOString().slice(0, 10);
  for (const { id } of await rows(cloud, organization, 'conversations')) {
    await dynamo(cloud, 'UpdateItem', {
      TableName: tableName(cloud),
      Key: { pk: { S: `${organization?.id ?? ''}#${id}` }, sk: { S: 'conversation' } },
      UpdateExpression: 'SET inbox_day = :day, #last = :last',
      ExpressionAttributeNames: { '#last': 'last' },
      ExpressionAttributeValues: { ':day': { S: day }, ':last': { N: String(yesterday) } },
    });
  }
}

function tableName(cloud: Cloud): string {
  return cloud.dynamoDb.capacity.read().calls[0]?.table ?? '';
}

async function dynamo(cloud: Cloud, operation: string, input: object): Promise<void> {
  const headers = {
    'X-Amz-Target': `DynamoDB_20120810.${operation}`,
    'Content-Type': 'application/x-amz-json-1.0',
    Authorization: 'local',
  };
  const response = await fetch(cloud.dynamoDb.url, { method: 'POST', headers, body: JSON.stringify(input) });
  if (!response.ok) throw new Error(`${operation}: ${await response.text()}`);
}
