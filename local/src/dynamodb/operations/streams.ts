import * as z from 'zod/mini';
import type { Engine } from '../engine.ts';
import { DynamoDbError, notFound, validation } from '../errors.ts';
import type { StreamRecord } from '../storage/stream-log.ts';
import { formatSequence, hasRecord, newestSequence, parseSequence, recordsAfter } from '../storage/stream-log.ts';
import type { Table } from '../tables/table.ts';
import { keyNames, streamArn } from '../tables/table.ts';
import { operation } from './operation.ts';

const ITERATOR_LIFETIME_MS = 15 * 60 * 1000;
const MAX_RECORDS = 1000;
/** A stream here is one shard that never closes. */
const SHARD = 'shardId-00000000000000000001-00000001';

const listInput = z.object({
  TableName: z.optional(z.string()),
  ExclusiveStartStreamArn: z.optional(z.string()),
  Limit: z.optional(z.int().check(z.minimum(1), z.maximum(100))),
});

export const listStreams = operation(listInput, ({ engine }, { TableName, ExclusiveStartStreamArn, Limit }) => {
  const streams = engine.catalog
    .all()
    .filter((table) => TableName === undefined || table.name === TableName)
    .map((table) => ({ StreamArn: streamArn(table), TableName: table.name, StreamLabel: table.stream?.label }))
    .filter(({ StreamArn }) => StreamArn !== undefined && StreamArn > (ExclusiveStartStreamArn ?? ''));
  const page = streams.slice(0, Limit ?? 100);
  const last = page.length < streams.length ? page.at(-1)?.StreamArn : undefined;
  return { Streams: page, ...(last === undefined ? {} : { LastEvaluatedStreamArn: last }) };
});

const describeInput = z.object({ StreamArn: z.string(), ExclusiveStartShardId: z.optional(z.string()) });

export const describeStream = operation(describeInput, ({ engine }, { StreamArn, ExclusiveStartShardId }) => {
  const table = tableOfStream(engine, StreamArn);
  const shard = { ShardId: SHARD, SequenceNumberRange: { StartingSequenceNumber: formatSequence(0) } };
  return {
    StreamDescription: {
      StreamArn,
      StreamLabel: table.stream?.label,
      StreamStatus: 'ENABLED',
      StreamViewType: table.stream?.viewType,
      CreationRequestDateTime: table.createdAt / 1000,
      TableName: table.name,
      KeySchema: keyNames(table.keys).map((AttributeName, at) => ({ AttributeName, KeyType: at ? 'RANGE' : 'HASH' })),
      Shards: ExclusiveStartShardId === SHARD ? [] : [shard],
    },
  };
});

const iteratorInput = z.object({
  StreamArn: z.string(),
  ShardId: z.string(),
  ShardIteratorType: z.enum(['TRIM_HORIZON', 'LATEST', 'AT_SEQUENCE_NUMBER', 'AFTER_SEQUENCE_NUMBER']),
  SequenceNumber: z.optional(z.string()),
});

export const getShardIterator = operation(iteratorInput, ({ engine }, input) => {
  const table = tableOfStream(engine, input.StreamArn);
  if (input.ShardId !== SHARD) throw notFound('Requested resource not found: Shard does not exist');
  return { ShardIterator: formatIterator(input.StreamArn, startOf(engine, table, input), engine.now()) };
});

const recordsInput = z.object({
  ShardIterator: z.string(),
  Limit: z.optional(z.int().check(z.minimum(1), z.maximum(MAX_RECORDS))),
});

export const getRecords = operation(recordsInput, ({ engine }, { ShardIterator, Limit }) => {
  const { arn, after } = parseIterator(ShardIterator, engine.now());
  const records = recordsAfter(engine.db, tableOfStream(engine, arn), after, Limit ?? MAX_RECORDS);
  const last = records.at(-1)?.dynamodb.SequenceNumber;
  const next = last === undefined ? after : parseSequence(last);
  return { Records: records.map(toApiRecord), NextShardIterator: formatIterator(arn, next, engine.now()) };
});

function tableOfStream(engine: Engine, arn: string): Table {
  const table = engine.catalog.all().find((candidate) => streamArn(candidate) === arn);
  if (!table) throw notFound(`Requested resource not found: Stream: ${arn} not found`);
  return table;
}

/** The row number after which an iterator starts to read. */
function startOf(engine: Engine, table: Table, input: z.infer<typeof iteratorInput>): number {
  if (input.ShardIteratorType === 'TRIM_HORIZON') return 0;
  if (input.ShardIteratorType === 'LATEST') return newestSequence(engine.db);
  const sequence = parseSequence(input.SequenceNumber ?? '');
  if (Number.isNaN(sequence)) throw validation('Invalid SequenceNumber');
  if (!hasRecord(engine.db, table, sequence))
    throw new DynamoDbError(
      'TrimmedDataAccessException',
      'The operation attempted to read past the oldest stream record in a shard.',
    );
  return input.ShardIteratorType === 'AT_SEQUENCE_NUMBER' ? sequence - 1 : sequence;
}

function formatIterator(arn: string, after: number, now: number): string {
  return `${arn}|1|${Buffer.from(JSON.stringify([after, now])).toString('base64url')}`;
}

function parseIterator(iterator: string, now: number): { arn: string; after: number } {
  const [arn, , token] = iterator.split('|');
  const position = readPosition(token ?? '');
  if (arn === undefined || !position) throw validation('Invalid ShardIterator');
  if (now - position.madeAt > ITERATOR_LIFETIME_MS)
    throw new DynamoDbError(
      'ExpiredIteratorException',
      'Iterator expired. The iterator was created more than 15 minutes ago.',
    );
  return { arn, after: position.after };
}

function readPosition(token: string): { after: number; madeAt: number } | undefined {
  const text = Buffer.from(token, 'base64url').toString();
  const [, after, madeAt] = /^\[(\d{1,15}),(\d{1,15})\]$/.exec(text) ?? [];
  return after === undefined ? undefined : { after: Number(after), madeAt: Number(madeAt) };
}

/** The API spells the identity's members with capitals, Lambda's events do not. */
function toApiRecord({ userIdentity, ...record }: StreamRecord): object {
  if (!userIdentity) return record;
  return { ...record, userIdentity: { Type: userIdentity.type, PrincipalId: userIdentity.principalId } };
}
