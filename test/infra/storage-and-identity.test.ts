import assert from 'node:assert/strict';
import test from 'node:test';
import { Match } from 'aws-cdk-lib/assertions';
import { synthesize } from './synthesized.ts';

const { template } = synthesize();

test('the table keeps what it holds and streams what changes', () => {
  template.hasResource('AWS::DynamoDB::Table', {
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
    Properties: {
      KeySchema: [key('pk', 'HASH'), key('sk', 'RANGE')],
      AttributeDefinitions: ['pk', 'sk', 'inbox_pk', 'inbox_day'].map((AttributeName) => ({
        AttributeName,
        AttributeType: 'S',
      })),
      GlobalSecondaryIndexes: [
        {
          IndexName: 'inbox',
          KeySchema: [key('inbox_pk', 'HASH'), key('inbox_day', 'RANGE')],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
      BillingMode: 'PAY_PER_REQUEST',
      DeletionProtectionEnabled: true,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
    },
  });
});

test('the media bucket is private and forgets', () => {
  template.hasResource('AWS::S3::Bucket', {
    DeletionPolicy: 'Retain',
    Properties: {
      BucketEncryption: Match.anyValue(),
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      LifecycleConfiguration: {
        Rules: Match.arrayWith([
          { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 }, Status: 'Enabled' },
          { Prefix: 'org_', ExpirationInDays: 365, Status: 'Enabled' },
          { Prefix: 'broadcasts/', ExpirationInDays: 765, Status: 'Enabled' },
          { Prefix: 'uploads/', ExpirationInDays: 1, Status: 'Enabled' },
        ]),
      },
      CorsConfiguration: {
        CorsRules: [Match.objectLike({ AllowedMethods: ['GET', 'PUT'], AllowedHeaders: ['*'], AllowedOrigins: ['*'] })],
      },
      VersioningConfiguration: Match.absent(),
    },
  });
  synthesize([], { mediaDays: '30' }).template.hasResourceProperties('AWS::S3::Bucket', {
    LifecycleConfiguration: { Rules: Match.arrayWith([Match.objectLike({ Prefix: 'org_', ExpirationInDays: 30 })]) },
  });
});

test('a user cannot write the attribute that names the organization', () => {
  template.hasResourceProperties('AWS::Cognito::UserPoolClient', {
    WriteAttributes: ['name'],
    ReadAttributes: Match.arrayWith(['custom:organization_id']),
    ExplicitAuthFlows: Match.arrayWith(['ALLOW_USER_PASSWORD_AUTH']),
    GenerateSecret: false,
  });
  template.hasResourceProperties('AWS::Cognito::UserPool', {
    AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
  });
});

test('an issuer of your own takes the place of the user pool', () => {
  const own = synthesize([], { issuer: 'https://id.example/', audience: 'parley' });
  own.template.resourceCountIs('AWS::Cognito::UserPool', 0);
  own.template.hasResourceProperties('AWS::Lambda::Function', {
    Description: 'Parley socket',
    Environment: {
      Variables: Match.objectLike({
        ISSUER: 'https://id.example/',
        JWKS_URI: 'https://id.example/.well-known/jwks.json',
        AUDIENCE: 'parley',
        ORGANIZATION_CLAIM: 'organization_id',
        USER_POOL_CLIENT_ID: Match.absent(),
      }),
    },
  });
  assert.throws(() => synthesize([], { issuer: 'https://id.example' }), /needs 'audience'/);
});

function key(AttributeName: string, KeyType: string): { AttributeName: string; KeyType: string } {
  return { AttributeName, KeyType };
}
