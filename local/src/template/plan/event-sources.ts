import * as z from 'zod/mini';
import type { EventSourceSettings, QueueSource, StreamSource } from '../../event-sources/settings.ts';
import type { Resource } from '../scope.ts';
import type { TablePlan } from './tables.ts';
import { boolean, fail, nameFromArn, number, ofType, parseProperties } from './parse.ts';

// Defaults: docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventsourcemapping.html
const mappingSchema = z.looseObject({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  Enabled: z._default(boolean, true),
  BatchSize: z.optional(number),
  MaximumBatchingWindowInSeconds: z._default(number, 0),
  FilterCriteria: z._default(z.object({ Filters: z.array(z.object({ Pattern: z.string() })) }), { Filters: [] }),
  FunctionResponseTypes: z._default(z.array(z.literal('ReportBatchItemFailures')), []),
  StartingPosition: z.optional(z.enum(['TRIM_HORIZON', 'LATEST'])),
  MaximumRetryAttempts: z._default(number, -1),
  MaximumRecordAgeInSeconds: z._default(number, -1),
  BisectBatchOnFunctionError: z._default(boolean, false),
  ParallelizationFactor: z._default(number, 1),
  DestinationConfig: z.optional(z.object({ OnFailure: z.optional(z.object({ Destination: z.string() })) })),
  ScalingConfig: z.optional(z.object({ MaximumConcurrency: z.optional(number) })),
  TumblingWindowInSeconds: z.optional(z.undefined('tumbling windows do not run on one machine')),
});

type Mapping = z.infer<typeof mappingSchema>;

export function planEventSources(resources: readonly Resource[], tables: readonly TablePlan[]): EventSourceSettings[] {
  return ofType(resources, 'AWS::Lambda::EventSourceMapping').flatMap((resource) => {
    const mapping = parseProperties(mappingSchema, resource);
    if (!mapping.Enabled) return [];
    const source = sourceOf(resource, mapping, tables);
    return {
      id: resource.ref,
      functionName: mapping.FunctionName.startsWith('arn:') ? nameFromArn(mapping.FunctionName) : mapping.FunctionName,
      source,
      batchSize: mapping.BatchSize ?? (source.kind === 'stream' ? 100 : 10),
      windowSeconds: mapping.MaximumBatchingWindowInSeconds,
      filters: mapping.FilterCriteria.Filters.map(({ Pattern }) => JSON.parse(Pattern) as unknown),
      partialFailures: mapping.FunctionResponseTypes.length > 0,
    };
  });
}

function sourceOf(resource: Resource, mapping: Mapping, tables: readonly TablePlan[]): StreamSource | QueueSource {
  const service = mapping.EventSourceArn.split(':')[2];
  if (service === 'dynamodb') return streamSource(resource, mapping, tables);
  if (service !== 'sqs') fail(resource, `events of ${service} do not run on one machine`);
  const maximumConcurrency = mapping.ScalingConfig?.MaximumConcurrency;
  const queue = nameFromArn(mapping.EventSourceArn);
  return { kind: 'queue', queue, ...(maximumConcurrency !== undefined && { maximumConcurrency }) };
}

function streamSource(resource: Resource, mapping: Mapping, tables: readonly TablePlan[]): StreamSource {
  const name = nameFromArn(mapping.EventSourceArn);
  const table = tables.find((each) => each.name === name);
  const hashKey = table?.keySchema.find(({ KeyType }) => KeyType === 'HASH');

  const destination = mapping.DestinationConfig?.OnFailure?.Destination;
  return {
    kind: 'stream',
    table: name,
    partitionKey: hashKey?.AttributeName ?? fail(resource, `there is no table ${name}`),
    startingPosition: mapping.StartingPosition ?? fail(resource, 'a stream needs a StartingPosition'),
    maxRetries: mapping.MaximumRetryAttempts,
    maxRecordAgeSeconds: mapping.MaximumRecordAgeInSeconds,
    bisect: mapping.BisectBatchOnFunctionError,
    parallelizationFactor: mapping.ParallelizationFactor,
    ...(destination !== undefined && { onFailureQueue: queueName(resource, destination) }),
  };
}

/** The queue of a failure destination; topics and functions are not run as one. */
export function queueName(resource: Resource, arn: string): string {
  return arn.split(':')[2] === 'sqs' ? nameFromArn(arn) : fail(resource, `the destination ${arn} is not a queue`);
}
