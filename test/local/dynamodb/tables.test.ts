import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  ListTablesCommand,
  ListTagsOfResourceCommand,
  PutItemCommand,
  ScanCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  waitUntilTableExists,
  waitUntilTableNotExists,
} from '@aws-sdk/client-dynamodb';
import { createTable, key, keySchema, refused, startEndpoint } from './endpoint.ts';

const { client, close } = await startEndpoint();
after(close);

test('a table is described as it was made', async () => {
  await createTable(client, 'described', { DeletionProtectionEnabled: true });
  await waitUntilTableExists({ client, minDelay: 1, maxWaitTime: 5 }, { TableName: 'described' });
  await client.send(new PutItemCommand({ TableName: 'described', Item: key('a') }));
  const { Table } = await client.send(new DescribeTableCommand({ TableName: 'described' }));
  assert.equal(Table?.TableArn, 'arn:aws:dynamodb:us-east-1:000000000000:table/described');
  assert.equal(Table.TableStatus, 'ACTIVE');
  assert.equal(Table.BillingModeSummary?.BillingMode, 'PAY_PER_REQUEST');
  assert.deepEqual(Table.KeySchema, keySchema('pk', 'sk'));
  assert.deepEqual(Table.AttributeDefinitions?.map((it) => it.AttributeName).toSorted(), ['club', 'pk', 'score', 'sk']);
  assert.deepEqual(
    Table.GlobalSecondaryIndexes?.map((index) => [index.IndexName, index.IndexStatus]),
    [
      ['byClub', 'ACTIVE'],
      ['clubKeys', 'ACTIVE'],
    ],
  );
  assert.deepEqual(Table.LocalSecondaryIndexes?.[0]?.Projection, {
    ProjectionType: 'INCLUDE',
    NonKeyAttributes: ['note'],
  });
  assert.equal(Table.LatestStreamArn, `${Table.TableArn}/stream/${Table.LatestStreamLabel}`);
  assert.deepEqual([Table.ItemCount, Table.TableSizeBytes, Table.DeletionProtectionEnabled], [1, 7, true]);
  assert.ok(Table.CreationDateTime && Math.abs(Date.now() - Table.CreationDateTime.getTime()) < 60_000);
});

test('a protected table stays until protection is lifted; then everything is gone', async () => {
  const remove = new DeleteTableCommand({ TableName: 'described' });
  await assert.rejects(client.send(remove), /protected against deletion/);
  await client.send(new UpdateTableCommand({ TableName: 'described', DeletionProtectionEnabled: false }));
  await client.send(remove);
  await waitUntilTableNotExists({ client, minDelay: 1, maxWaitTime: 5 }, { TableName: 'described' });
  await createTable(client, 'described');
  assert.equal((await client.send(new ScanCommand({ TableName: 'described' }))).Count, 0);
});

test('names are listed in pages', async () => {
  for (const name of ['zeta', 'alpha']) await createTable(client, name);
  const first = await client.send(new ListTablesCommand({ Limit: 2 }));
  assert.deepEqual([first.TableNames, first.LastEvaluatedTableName], [['alpha', 'described'], 'described']);
  const rest = await client.send(new ListTablesCommand({ ExclusiveStartTableName: 'described' }));
  assert.deepEqual([rest.TableNames, rest.LastEvaluatedTableName], [['zeta'], undefined]);
});

test('tags and backups are settings that are kept', async () => {
  const ResourceArn = 'arn:aws:dynamodb:us-east-1:000000000000:table/alpha';
  await client.send(
    new TagResourceCommand({
      ResourceArn,
      Tags: [
        { Key: 'a', Value: '1' },
        { Key: 'b', Value: '2' },
      ],
    }),
  );
  await client.send(new UntagResourceCommand({ ResourceArn, TagKeys: ['a'] }));
  assert.deepEqual((await client.send(new ListTagsOfResourceCommand({ ResourceArn }))).Tags, [
    { Key: 'b', Value: '2' },
  ]);
  const PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled: true };
  await client.send(new UpdateContinuousBackupsCommand({ TableName: 'alpha', PointInTimeRecoverySpecification }));
  const { ContinuousBackupsDescription } = await client.send(
    new DescribeContinuousBackupsCommand({ TableName: 'alpha' }),
  );
  assert.equal(ContinuousBackupsDescription?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus, 'ENABLED');
});

const index = (
  name: string,
  more: object = {},
): NonNullable<CreateTableCommandInput['GlobalSecondaryIndexes']>[number] => ({
  IndexName: name,
  KeySchema: keySchema('pk', 'score'),
  Projection: { ProjectionType: 'ALL' },
  ...more,
});

const REFUSED: [string, Partial<CreateTableCommandInput>, RegExp][] = [
  ['a short name', { TableName: 'ab' }, /'tableName' failed to satisfy constraint/],
  ['a definition that no key uses', { GlobalSecondaryIndexes: [] }, /does not exactly match number of attributes/],
  ['a key without a definition', { AttributeDefinitions: [] }, /not defined in AttributeDefinitions/],
  ['a sort key first', { KeySchema: [{ AttributeName: 'pk', KeyType: 'RANGE' }] }, /not a HASH key type/],
  ['one attribute as both keys', { KeySchema: keySchema('pk', 'pk') }, /have the same name/],
  ['no billing', { BillingMode: undefined }, /must both be specified when BillingMode is PROVISIONED/],
  ['two indexes of one name', { LocalSecondaryIndexes: [index('same'), index('same')] }, /Duplicate index name/],
  ['six local indexes', { LocalSecondaryIndexes: Array.from({ length: 6 }, (_, i) => index(`local${i}`)) }, /5 local/],
  [
    'a local index under another partition key',
    { LocalSecondaryIndexes: [index('stray', { KeySchema: keySchema('club', 'score') })] },
    /must have the table's HASH key/,
  ],
  [
    'INCLUDE without names',
    { GlobalSecondaryIndexes: [index('none', { Projection: { ProjectionType: 'INCLUDE' } })] },
    /NonKeyAttributes must be specified/,
  ],
  ['a stream without a view', { StreamSpecification: { StreamEnabled: true } }, /StreamViewType is required/],
];

for (const [what, more, message] of REFUSED)
  test(`refuses ${what}`, async () => {
    await refused(createTable(client, 'refused', more), message);
  });

test('refuses a table that exists, and index changes that make no sense', async () => {
  await assert.rejects(createTable(client, 'alpha'), { name: 'ResourceInUseException' });
  const update = (change: object): Promise<unknown> =>
    client.send(new UpdateTableCommand({ TableName: 'alpha', GlobalSecondaryIndexUpdates: [change] }));
  await assert.rejects(update({ Create: index('byClub') }), /index which already exists/);
  await assert.rejects(update({ Delete: { IndexName: 'absent' } }), { name: 'ResourceNotFoundException' });
  await assert.rejects(client.send(new UpdateTableCommand({ TableName: 'alpha' })), { name: 'ValidationException' });
});

test('a table may have only a partition key', async () => {
  await client.send(
    new CreateTableCommand({
      TableName: 'simple',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'B' }],
      KeySchema: keySchema('id'),
      ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 2 },
    }),
  );
  for (const id of [1, 2, 3])
    await client.send(new PutItemCommand({ TableName: 'simple', Item: { id: { B: Uint8Array.of(0xff, id) } } }));
  const first = await client.send(new ScanCommand({ TableName: 'simple', Limit: 2 }));
  const rest = await client.send(new ScanCommand({ TableName: 'simple', ExclusiveStartKey: first.LastEvaluatedKey }));
  assert.deepEqual([first.Count, rest.Count, rest.LastEvaluatedKey], [2, 1, undefined]);
});
