import assert from 'node:assert/strict';
import test from 'node:test';
import type { Template } from '@parley/local/template/read-template.ts';
import { resolve } from '@parley/local/template/resolve.ts';

const live = { queues: 'q', httpApi: 'h', webSocketApi: 'w', webSocketManagement: 'm', userPools: 'u' };

test('an unknown type stops with its logical id and type', () => {
  const Hub = { Type: 'AWS::IoT::Thing', Properties: {} };
  assert.throws(() => resolve(template({ Hub }), live), /Hub \(AWS::IoT::Thing\): .*does not run on one machine/);
});

test('a reference to nothing stops and says who refers', () => {
  const Url = { Type: 'AWS::SQS::Queue', Properties: { QueueName: { Ref: 'Nobody' } } };
  assert.throws(
    () => resolve(template({ Url }), live),
    /Url \(AWS::SQS::Queue\): Nothing in the template is named Nobody/,
  );
  const Gone = { Type: 'AWS::SQS::Queue', Properties: { QueueName: { 'Fn::GetAtt': ['Dead', 'Color'] } } };
  const Dead = { Type: 'AWS::SQS::Queue', Properties: {} };
  assert.throws(() => resolve(template({ Gone, Dead }), live), /Dead \(AWS::SQS::Queue\) has no attribute Color/);
});

test('resources that refer to each other stop', () => {
  const a = { Type: 'AWS::SQS::Queue', Properties: { QueueName: { 'Fn::GetAtt': 'b.QueueName' } } };
  const b = { Type: 'AWS::SQS::Queue', Properties: { QueueName: { 'Fn::GetAtt': 'a.QueueName' } } };
  assert.throws(() => resolve(template({ a, b }), live), /a \(AWS::SQS::Queue\) depends on itself/);
});

test('a property that does not run here stops with its resource', () => {
  const inline = {
    Type: 'AWS::Lambda::Function',
    Properties: { Code: { ZipFile: 'x' }, Handler: 'i.h', Runtime: 'nodejs24.x' },
  };
  assert.throws(
    () => resolve(template({ inline }), live),
    /inline \(AWS::Lambda::Function\): Code\.S3Key: only code from an asset/,
  );
  const Properties = { EventSourceArn: 'arn:aws:kinesis:us-east-1:0:stream/s', FunctionName: 'f' };
  const mapping = { Type: 'AWS::Lambda::EventSourceMapping', Properties };
  assert.throws(() => resolve(template({ mapping }), live), /mapping .*events of kinesis do not run/);
});

test('an unsupported intrinsic function stops', () => {
  const q = { Type: 'AWS::SQS::Queue', Properties: { QueueName: { 'Fn::ImportValue': 'other' } } };
  assert.throws(() => resolve(template({ q }), live), /q \(AWS::SQS::Queue\): .*Fn::ImportValue is not supported/);
});

test('every intrinsic function gives what CloudFormation gives', () => {
  const values: [unknown, string][] = [
    [{ 'Fn::Join': ['-', ['a', { Ref: 'AWS::Region' }, 'b']] }, 'a-us-east-1-b'],
    [{ 'Fn::Sub': 'x-${AWS::AccountId}-${!literal}-${Q.QueueName}' }, 'x-000000000000-${literal}-q'],
    [{ 'Fn::Sub': ['${a}${b}', { a: 1, b: { Ref: 'AWS::Partition' } }] }, '1aws'],
    [{ 'Fn::Select': [1, { 'Fn::Split': ['/', 'a/b/c'] }] }, 'b'],
    [{ 'Fn::If': ['Yes', 'y', { Ref: 'Nobody' }] }, 'y'],
    [{ 'Fn::If': ['No', { Ref: 'Nobody' }, 'n'] }, 'n'],
    [{ 'Fn::FindInMap': ['Map', 'first', 'second'] }, 'mapped'],
    [{ Ref: 'Parameter' }, 'default'],
    [{ 'Fn::GetAtt': 'Q.Arn' }, 'arn:aws:sqs:us-east-1:000000000000:q'],
    [{ Ref: 'AWS::StackName' }, 'Test'],
  ];
  const Outputs = Object.fromEntries(values.map(([Value], index) => [`o${index}`, { Value }]));
  const Q = { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'q', KmsMasterKeyId: { Ref: 'AWS::NoValue' } } };
  const Never = { Type: 'AWS::Not::Known', Properties: {}, Condition: 'No' };
  const plan = resolve(
    template(
      { Q, Never },
      {
        Outputs,
        Conditions: {
          Yes: { 'Fn::Or': [{ 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] }, { Condition: 'No' }] },
          No: { 'Fn::And': [{ 'Fn::Not': [{ 'Fn::Equals': [1, 2] }] }, { 'Fn::Equals': ['a', 'b'] }] },
        },
        Mappings: { Map: { first: { second: 'mapped' } } },
        Parameters: { Parameter: { Default: 'default' } },
      },
    ),
    live,
  );
  assert.deepEqual(
    Object.values(plan.outputs),
    values.map(([, value]) => value),
  );
});

function template(Resources: Template['Resources'], rest: Partial<Template> = {}): Template {
  return {
    stackName: 'Test',
    assetFolders: new Map(),
    Resources,
    Parameters: {},
    Conditions: {},
    Mappings: {},
    Outputs: {},
    ...rest,
  };
}
