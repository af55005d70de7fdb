import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';

/**
 * A Lambda handler for the table's stream. The batch is done or not done as a whole: every consumer is idempotent, so a batch that failed half way is
 * simply delivered again, from its first record.
 */
export function streamHandler(work: (records: DynamoDBRecord[], source: string) => Promise<void>) {
  return async (event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    await work(event.Records, sourceOf(event.Records));
    return { batchItemFailures: [] };
  };
}

/** Names a batch: the same records delivered again have the same name. */
function sourceOf(records: DynamoDBRecord[]): string {
  return `${records[0]?.dynamodb?.SequenceNumber ?? ''}-${records.at(-1)?.dynamodb?.SequenceNumber ?? ''}`;
}
