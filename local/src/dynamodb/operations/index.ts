import { batchGetItem } from './batch-get-item.ts';
import { batchWriteItem } from './batch-write-item.ts';
import { describeContinuousBackups, updateContinuousBackups } from './continuous-backups.ts';
import { createTable } from './create-table.ts';
import { deleteItem } from './delete-item.ts';
import { getItem } from './get-item.ts';
import type { Operation } from './operation.ts';
import { putItem } from './put-item.ts';
import { query } from './query.ts';
import { scan } from './scan.ts';
import { describeStream, getRecords, getShardIterator, listStreams } from './streams.ts';
import { deleteTable, describeTable, listTables } from './tables.ts';
import { listTagsOfResource, tagResource, untagResource } from './tags.ts';
import { describeTimeToLive, updateTimeToLive } from './time-to-live.ts';
import { transactGetItems } from './transact-get-items.ts';
import { transactWriteItems } from './transact-write-items.ts';
import { updateItem } from './update-item.ts';
import { updateTable } from './update-table.ts';

/** Every operation this endpoint answers, by its `X-Amz-Target`. */
export const OPERATIONS: ReadonlyMap<string, Operation> = new Map([
  ['DynamoDB_20120810.BatchGetItem', batchGetItem],
  ['DynamoDB_20120810.BatchWriteItem', batchWriteItem],
  ['DynamoDB_20120810.CreateTable', createTable],
  ['DynamoDB_20120810.DeleteItem', deleteItem],
  ['DynamoDB_20120810.DeleteTable', deleteTable],
  ['DynamoDB_20120810.DescribeContinuousBackups', describeContinuousBackups],
  ['DynamoDB_20120810.DescribeTable', describeTable],
  ['DynamoDB_20120810.DescribeTimeToLive', describeTimeToLive],
  ['DynamoDB_20120810.GetItem', getItem],
  ['DynamoDB_20120810.ListTables', listTables],
  ['DynamoDB_20120810.ListTagsOfResource', listTagsOfResource],
  ['DynamoDB_20120810.PutItem', putItem],
  ['DynamoDB_20120810.Query', query],
  ['DynamoDB_20120810.Scan', scan],
  ['DynamoDB_20120810.TagResource', tagResource],
  ['DynamoDB_20120810.TransactGetItems', transactGetItems],
  ['DynamoDB_20120810.TransactWriteItems', transactWriteItems],
  ['DynamoDB_20120810.UntagResource', untagResource],
  ['DynamoDB_20120810.UpdateContinuousBackups', updateContinuousBackups],
  ['DynamoDB_20120810.UpdateItem', updateItem],
  ['DynamoDB_20120810.UpdateTable', updateTable],
  ['DynamoDB_20120810.UpdateTimeToLive', updateTimeToLive],
  ['DynamoDBStreams_20120810.DescribeStream', describeStream],
  ['DynamoDBStreams_20120810.GetRecords', getRecords],
  ['DynamoDBStreams_20120810.GetShardIterator', getShardIterator],
  ['DynamoDBStreams_20120810.ListStreams', listStreams],
]);
