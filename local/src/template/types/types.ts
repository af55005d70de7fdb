import { apiTypes } from './apis.ts';
import { computeTypes } from './compute.ts';
import { identityTypes } from './identity.ts';
import { mailTypes } from './mail.ts';
import { nameOnly, type ResourceType } from './resource-type.ts';
import { storageTypes } from './storage.ts';

/** Permissions and settings that AWS enforces and one machine does not: everything here runs as one user. */
const notEnforced = [
  'AWS::CDK::Metadata',
  'AWS::IAM::Policy',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::Permission',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueuePolicy',
];

/** Every type of resource that this project deploys. A template with another one is not run. */
export const resourceTypes: ReadonlyMap<string, ResourceType> = new Map<string, ResourceType>([
  ...Object.entries(storageTypes),
  ...Object.entries(computeTypes),
  ...Object.entries(apiTypes),
  ...Object.entries(identityTypes),
  ...Object.entries(mailTypes),
  ...notEnforced.map((type) => [type, nameOnly] as const),
]);
