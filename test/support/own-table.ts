import { CreateTableCommand, DynamoDBClient, type CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import { startDynamoDb } from '@parley/local/dynamodb/server.ts';
import type { DynamoDb } from '@parley/local/dynamodb/server.ts';

/** An empty table of this process's own, which the store finds as a function does: by its environment. */
export interface OwnTable {
  dynamoDb: DynamoDb;
  close(): Promise<void>;
}

export async function ownTable(): Promise<OwnTable> {
  const dynamoDb = await startDynamoDb({ file: ':memory:' });
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: dynamoDb.url,
    TABLE_NAME: 'own',
  });
  const client = new DynamoDBClient();
  await createTable(client, 'own');
  client.destroy();
  return { dynamoDb, close: () => dynamoDb.close() };
}

/** A table with the key of the product's own, `pk` and `sk`, both texts. */
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
        { AttributeName: 'sk', AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      ...more,
    }),
  );
}
