import { ACCOUNT, arn, generatedName, nameFrom, stableId, type Declared, type ResourceType } from './resource-type.ts';

const tableName = nameFrom('TableName');
const tableArn = (table: Declared) => arn('dynamodb', `table/${tableName(table)}`);

const table: ResourceType = {
  ref: tableName,
  attributes: {
    Arn: tableArn,
    StreamArn: (resource) => `${tableArn(resource)}/stream/local`,
    TableId: (resource) => stableId(resource, 32),
  },
};

const bucketName = (bucket: Declared) => nameFrom('BucketName')(bucket).toLowerCase();

const bucket: ResourceType = {
  ref: bucketName,
  attributes: {
    Arn: (resource) => `arn:aws:s3:::${bucketName(resource)}`,
    DomainName: (resource) => `${bucketName(resource)}.s3.amazonaws.com`,
    RegionalDomainName: (resource) => `${bucketName(resource)}.s3.us-east-1.amazonaws.com`,
  },
};

function queueName(queue: Declared): string {
  const named = queue.properties['QueueName'];
  if (typeof named === 'string') return named;
  return queue.properties['FifoQueue'] === true ? `${generatedName(queue)}.fifo` : generatedName(queue);
}

const queue: ResourceType = {
  ref: (resource) => `${resource.live.queues}/${ACCOUNT}/${queueName(resource)}`,
  attributes: {
    Arn: (resource) => arn('sqs', queueName(resource)),
    QueueName: queueName,
    QueueUrl: (resource) => `${resource.live.queues}/${ACCOUNT}/${queueName(resource)}`,
  },
};

const topicName = nameFrom('TopicName');
const topicArn = (topic: Declared) => arn('sns', topicName(topic));

const topic: ResourceType = { ref: topicArn, attributes: { TopicArn: topicArn, TopicName: topicName } };

export const storageTypes = {
  'AWS::DynamoDB::Table': table,
  'AWS::DynamoDB::GlobalTable': table,
  'AWS::S3::Bucket': bucket,
  'AWS::SQS::Queue': queue,
  'AWS::SNS::Topic': topic,
};
