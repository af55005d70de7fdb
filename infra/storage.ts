import {
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import { Key } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  HttpMethods,
  type IBucket,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { S3 } from 'aws-cdk-lib/aws-ses-actions';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { LambdaFunction } from './function.ts';
import { numberSetting, textSetting } from './settings.ts';

/** What IAM knows of DynamoDB's items. A transaction needs the actions inside it and no other. */
export type ItemAction = 'GetItem' | 'BatchGetItem' | 'Query' | 'PutItem' | 'UpdateItem' | 'DeleteItem';

/** Everything that is kept: items, media files, and the key that encrypts channel credentials. */
export class Storage extends Construct {
  readonly #table: Table;
  readonly #media: Bucket;
  readonly #key: Key;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.#table = table(this);
    this.#media = mediaBucket(this);
    this.#key = credentialKey(this);
  }

  grantItems(fn: LambdaFunction, ...actions: ItemAction[]): void {
    fn.allow(
      actions.map((action) => `dynamodb:${action}`),
      [this.#table.tableArn],
    );
    fn.tell({ TABLE_NAME: this.#table.tableName });
  }

  /** The order of conversations in an inbox. */
  grantInboxIndex(fn: LambdaFunction): void {
    fn.allow(['dynamodb:Query'], [`${this.#table.tableArn}/index/${inboxIndex}`]);
  }

  /** A link to a file is as good as the permissions of the function that signed it. */
  grantMedia(fn: LambdaFunction, ...actions: ('GetObject' | 'PutObject' | 'AbortMultipartUpload')[]): void {
    fn.allow(
      actions.map((action) => `s3:${action}`),
      [this.#media.arnForObjects('*')],
    );
    fn.tell({ MEDIA_BUCKET: this.#media.bucketName });
  }

  /** What clients brought (`create_upload`), and nothing else. */
  grantUploads(fn: LambdaFunction): void {
    fn.allow(['s3:GetObject'], [this.#media.arnForObjects('uploads/*')]);
  }

  /** Files are removed with all that lies beside them. */
  grantMediaRemoval(fn: LambdaFunction): void {
    fn.allow(['s3:ListBucket'], [this.#media.bucketArn]);
    fn.allow(['s3:DeleteObject'], [this.#media.arnForObjects('*')]);
  }

  /** Has Amazon SES put raw mail into the bucket and tell the topic of it. */
  mailDrop(topic: Topic): S3 {
    return new S3({ bucket: this.#media as IBucket, objectKeyPrefix: 'mail/', topic });
  }

  grantCredentialKey(fn: LambdaFunction, ...actions: ('Encrypt' | 'Decrypt')[]): void {
    fn.allow(
      actions.map((action) => `kms:${action}`),
      [this.#key.keyArn],
    );
    fn.tell({ KEY_ID: this.#key.keyArn });
  }

  /** Lets `fn` read the table's stream and answers the stream's ARN. */
  grantStream(fn: LambdaFunction): string {
    const arn = this.#table.tableStreamArn;
    if (!arn) throw new Error('The table has no stream');
    fn.allow(['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'], [arn]);
    // scoped as in AWS SAM's DynamoDBStreamReadPolicy
    fn.allow(['dynamodb:ListStreams'], [`${this.#table.tableArn}/stream/*`]);
    return arn;
  }
}

const inboxIndex = 'inbox';

// Encrypted with a key DynamoDB owns: the secrets inside are encrypted by us before they are stored, and a key of our own would
// have to be granted to every function and paid per use.
function table(scope: Construct): Table {
  const kept = new Table(scope, 'Table', {
    partitionKey: text('pk'),
    sortKey: text('sk'),
    billingMode: BillingMode.PAY_PER_REQUEST,
    encryption: TableEncryption.DEFAULT,
    stream: StreamViewType.NEW_AND_OLD_IMAGES,
    timeToLiveAttribute: 'ttl',
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  kept.addGlobalSecondaryIndex({
    indexName: inboxIndex,
    partitionKey: text('inbox_pk'),
    sortKey: text('inbox_day'),
    projectionType: ProjectionType.KEYS_ONLY,
  });
  return kept;
}

function text(name: string): { name: string; type: AttributeType } {
  return { name, type: AttributeType.STRING };
}

function mediaBucket(scope: Construct): Bucket {
  const mediaDays = numberSetting(scope, 'mediaDays') ?? 365;
  return new Bucket(scope, 'Media', {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    versioned: false,
    lifecycleRules: [
      { abortIncompleteMultipartUploadAfter: Duration.days(1) },
      // files of messages, which lie under their organization
      { prefix: 'org_', expiration: Duration.days(mediaDays) },
      // a broadcast may wait for its time for a year, and its messages show its file afterwards; a series may go on for ever, so its files have no rule
      { prefix: 'broadcasts/', expiration: Duration.days(mediaDays + 400) },
      // what a client brought is copied when it is sent
      { prefix: 'uploads/', expiration: Duration.days(1) },
      // what webhooks left to be worked on
      { prefix: 'later/', expiration: Duration.days(30) },
      // raw mail: each account it was for has its own copy, but what could not be read is worth another look
      { prefix: 'mail/', expiration: Duration.days(30) },
    ],
    // browsers use presigned links
    cors: [
      {
        allowedMethods: [HttpMethods.GET, HttpMethods.PUT],
        allowedOrigins: [textSetting(scope, 'inboxOrigin') ?? '*'],
        allowedHeaders: ['*'],
        exposedHeaders: ['ETag'],
        maxAge: 3600,
      },
    ],
    removalPolicy: RemovalPolicy.RETAIN,
  });
}

function credentialKey(scope: Construct): Key {
  return new Key(scope, 'CredentialKey', {
    description: 'Encrypts the credentials of channel accounts',
    enableKeyRotation: true,
    removalPolicy: RemovalPolicy.RETAIN,
  });
}
