import assert from 'node:assert/strict';
import test from 'node:test';
import { CfnResource } from 'aws-cdk-lib/core';
import { complaints, ofType, plans, type Resource, referredTo, synthesize } from './synthesized.ts';

const { stack, template, resources } = synthesize();

/** Types the one-machine cloud can run. */
const known = [
  'DynamoDB::Table',
  'S3::Bucket',
  'S3::BucketPolicy',
  'SQS::Queue',
  'SQS::QueuePolicy',
  'KMS::Key',
  'IAM::Role',
  'IAM::Policy',
  'Lambda::Function',
  'Lambda::LayerVersion',
  'Lambda::Permission',
  'Lambda::EventSourceMapping',
  'Lambda::EventInvokeConfig',
  'ApiGatewayV2::Api',
  'ApiGatewayV2::Route',
  'ApiGatewayV2::Integration',
  'ApiGatewayV2::Stage',
  'Scheduler::ScheduleGroup',
  'Scheduler::Schedule',
  'Logs::LogGroup',
  'CloudWatch::Alarm',
  'SNS::Topic',
  'Cognito::UserPool',
  'Cognito::UserPoolClient',
];

test('the root construct holds no resource itself', () => {
  const own = stack.node.children.filter((child) => CfnResource.isCfnResource(child)).map((child) => child.node.id);
  assert.deepEqual(own, []);
});

test('every type of resource is one the one-machine cloud knows', () => {
  const types = new Set(Object.values(resources).map((resource) => resource.Type.replace('AWS::', '')));
  assert.deepEqual(
    [...types].filter((type) => !known.includes(type)),
    [],
  );
});

test('the template needs no parameters and looks nothing up', () => {
  assert.deepEqual(Object.keys(template.toJSON()).sort(), ['Description', 'Outputs', 'Resources']);
});

test("CloudFormation's own rules have no complaint", () => {
  assert.deepEqual(complaints(), []);
});

test('the same channels give the same template', () => {
  assert.deepEqual(synthesize().resources, resources);
});

test('every function runs on nodejs24.x and arm64 with the shared layer and a log group of its own', () => {
  const groups = new Set<string | undefined>();
  for (const [id, { Properties }] of ofType(resources, 'AWS::Lambda::Function')) {
    assert.equal(Properties['Runtime'], 'nodejs24.x', id);
    assert.deepEqual(Properties['Architectures'], ['arm64'], id);
    assert.equal(Object(Properties['Layers']).length, 1, id);
    const { LogFormat, LogGroup } = Object(Properties['LoggingConfig']);
    assert.equal(LogFormat, 'JSON', id);
    const group = referredTo(LogGroup) ?? '';
    assert.equal(resources[group]?.Properties['RetentionInDays'], 30, id);
    groups.add(group);
  }
  assert.equal(groups.size, ofType(resources, 'AWS::Lambda::Function').length);
});

test('a setting that is no number is refused by name', () => {
  assert.throws(() => synthesize([], { mediaDays: 'a while' }), /'mediaDays' must be a whole number/);
});

test('lines of what goes as it should are written where the deployment asks for them', () => {
  assert.deepEqual(levelsOf({}), ['INFO']);
  assert.deepEqual(levelsOf({ logLevel: 'DEBUG' }), ['DEBUG']);
  assert.throws(() => levelsOf({ logLevel: 'loud' }), /'logLevel' must be one of INFO, DEBUG/);
});

test('reserved concurrency is given to one function by name', () => {
  const { template: reserved } = synthesize([], { 'reservedConcurrency:api': 50 });
  const functions = Object.values(
    reserved.findResources('AWS::Lambda::Function', { Properties: { ReservedConcurrentExecutions: 50 } }),
  );
  assert.deepEqual(
    functions.map((fn) => fn['Properties'].Description),
    ['Parley api'],
  );
});

test('one more manifest adds one channel and touches no other resource but the dispatcher', () => {
  const { resources: more } = synthesize([
    ...plans,
    { name: 'sms', inbound: true, outbound: true, handshake: false, webhookAliases: [] },
  ]);
  const added = Object.entries(more).filter(([id]) => !(id in resources));
  assert.deepEqual(countTypes(added.map(([, resource]) => resource)), {
    'ApiGatewayV2::Integration': 1,
    'ApiGatewayV2::Route': 3,
    'CloudWatch::Alarm': 6,
    'IAM::Policy': 2,
    'IAM::Role': 2,
    'Lambda::EventSourceMapping': 2,
    'Lambda::Function': 2,
    'Lambda::Permission': 1,
    'Logs::LogGroup': 2,
    'SQS::Queue': 4,
    'SQS::QueuePolicy': 4,
  });
  const changed = Object.keys(resources).filter((id) => JSON.stringify(more[id]) !== JSON.stringify(resources[id]));
  assert.deepEqual(changed.map((id) => id.replace(/[A-F0-9]{8}$/, '')).sort(), [
    'DispatchFunction',
    'DispatchRoleDefaultPolicy',
  ]);
});

function countTypes(all: Resource[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { Type } of all) counts[Type.replace('AWS::', '')] = (counts[Type.replace('AWS::', '')] ?? 0) + 1;
  return counts;
}

/** The log levels that functions have. */
function levelsOf(context: Record<string, unknown>): unknown[] {
  const functions = ofType(synthesize([], context).resources, 'AWS::Lambda::Function');
  return [...new Set(functions.map(([, { Properties }]) => Object(Properties['LoggingConfig']).ApplicationLogLevel))];
}
