import assert from 'node:assert/strict';
import test from 'node:test';
import { ofType, type Resource, referredTo, synthesize } from './synthesized.ts';

interface Statement {
  Effect: string;
  Action: string | string[];
  Resource: unknown;
}

const { resources } = synthesize();

const logs = ['logs:CreateLogStream', 'logs:PutLogEvents'];
const stream = ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'];
const consume = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes'];
const items = (...actions: string[]) => actions.map((action) => `dynamodb:${action}`);

const users = ['AdminCreateUser', 'AdminGetUser', 'AdminSetUserPassword', 'AdminDeleteUser', 'ListUsers'];

/** All that each function may do. */
const allowed: Record<string, string[]> = {
  webhook: [...logs, ...items('GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'), 'kms:Decrypt'],
  sender: [
    ...logs,
    ...consume,
    ...items('GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem'),
    'kms:Decrypt',
    's3:GetObject',
  ],
  api: [
    ...logs,
    ...items('GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'),
    'kms:Encrypt',
    'kms:Decrypt',
    's3:GetObject',
    's3:PutObject',
  ],
  dispatch: [...logs, ...stream, 'dynamodb:PutItem', 'sqs:SendMessage', 'scheduler:CreateSchedule', 'iam:PassRole'],
  project: [
    ...logs,
    ...stream,
    'sqs:SendMessage',
    'execute-api:ManageConnections',
    's3:GetObject',
    ...items('GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'),
  ],
  media: [
    ...logs,
    ...consume,
    ...items('GetItem', 'Query', 'PutItem', 'UpdateItem'),
    'kms:Encrypt',
    'kms:Decrypt',
    's3:GetObject',
    's3:PutObject',
    's3:AbortMultipartUpload',
    's3:ListBucket',
    's3:DeleteObject',
  ],
  broadcast: [
    ...logs,
    ...consume,
    ...items('GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem'),
    's3:GetObject',
    's3:PutObject',
    's3:AbortMultipartUpload',
  ],
  health: [...logs, ...items('GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'), 'kms:Encrypt', 'kms:Decrypt'],
  scheduler: [
    ...logs,
    ...items('GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem'),
    'sqs:SendMessage',
    's3:GetObject',
    's3:PutObject',
  ],
  admin: [
    ...logs,
    ...items('GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'),
    'kms:Encrypt',
    'kms:Decrypt',
    'sqs:SendMessage',
    's3:PutObject',
    's3:AbortMultipartUpload',
    ...users.map((action) => `cognito-idp:${action}`),
  ],
  redirect: [...logs, ...items('GetItem', 'UpdateItem')],
  socket: [...logs, ...items('GetItem', 'PutItem', 'DeleteItem'), 'execute-api:ManageConnections'],
};

test('a function may do exactly what its code does', () => {
  const functions = ofType(resources, 'AWS::Lambda::Function');
  assert.equal(functions.length, 4 + 4 + 10);
  for (const [id, fn] of functions) {
    const kind = kindOf(fn);
    const actions = new Set(statementsOf(roleOf(fn)).flatMap((statement) => statement.Action));
    assert.deepEqual([...actions].sort(), allowed[kind]?.toSorted(), `${id} (${kind})`);
  }
});

test('no role is allowed every resource or every action of a kind', () => {
  const statements = ofType(resources, 'AWS::IAM::Policy').flatMap(([, policy]) => documentOf(policy).Statement);
  assert.ok(statements.length > 20);
  for (const statement of statements) {
    const where = JSON.stringify(statement);
    assert.equal(statement.Effect, 'Allow', where);
    assert.ok(
      [statement.Resource].flat().every((resource) => resource !== '*'),
      where,
    );
    assert.ok(
      [statement.Action].flat().every((action) => !action.includes('*')),
      where,
    );
  }
});

test('roles have no managed policies and no policies outside the policy resources', () => {
  const roles = ofType(resources, 'AWS::IAM::Role');
  assert.ok(roles.length > 18, 'one of each function, and those of services');
  for (const [id, role] of roles) {
    assert.deepEqual(Object.keys(role.Properties), ['AssumeRolePolicyDocument'], id);
  }
});

test('each role writes only to the log group of its own function', () => {
  for (const [id, fn] of ofType(resources, 'AWS::Lambda::Function')) {
    const writes = statementsOf(roleOf(fn)).filter((statement) => statement.Action.includes('logs:PutLogEvents'));
    const own = referredTo(Object(fn.Properties['LoggingConfig']).LogGroup);
    assert.deepEqual(
      writes.map((statement) => referredTo(statement.Resource)),
      [own],
      id,
    );
  }
});

test('a role is passed to EventBridge Scheduler only, and can invoke the scheduler function only', () => {
  const [pass] = statementsWith('iam:PassRole');
  assert.deepEqual(Object(pass).Condition, { StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } });
  const role = referredTo(pass?.Resource) ?? '';
  const target = statementsOf(role).map((statement) => [
    statement.Action,
    kindOf(resources[referredTo(statement.Resource) ?? '']),
  ]);
  assert.deepEqual(target, [['lambda:InvokeFunction', 'scheduler']]);
  const trust = JSON.stringify(resources[role]?.Properties['AssumeRolePolicyDocument']);
  assert.match(trust, /scheduler\.amazonaws\.com/);
  assert.match(trust, /aws:SourceArn/);
});

test('pushing to sockets is the only call of the WebSocket API that is allowed', () => {
  const pushes = statementsWith('execute-api:ManageConnections');
  assert.ok(pushes.length > 0);
  for (const statement of pushes) {
    assert.match(JSON.stringify(statement.Resource), /\/v1\/POST\/@connections\/\*/);
  }
});

test('API Gateway may invoke a function from its own API only', () => {
  const permissions = ofType(resources, 'AWS::Lambda::Permission');
  assert.ok(permissions.length > 0);
  for (const [id, permission] of permissions) {
    assert.equal(permission.Properties['Principal'], 'apigateway.amazonaws.com', id);
    assert.match(JSON.stringify(permission.Properties['SourceArn']), /Gateway/, id);
  }
});

test('queues and bucket refuse connections without TLS', () => {
  const queues = ofType(resources, 'AWS::SQS::QueuePolicy').map(([, policy]) => policy);
  assert.equal(queues.length, ofType(resources, 'AWS::SQS::Queue').length);
  const bucket = ofType(resources, 'AWS::S3::BucketPolicy').map(([, policy]) => policy);
  for (const policy of [...queues, ...bucket]) {
    const [statement] = documentOf(policy).Statement;
    assert.equal(statement?.Effect, 'Deny');
    assert.deepEqual(Object(statement).Condition, { Bool: { 'aws:SecureTransport': 'false' } });
  }
});

function kindOf(fn: Resource | undefined): string {
  return String(fn?.Properties['Description'])
    .replace(/^Parley /, '')
    .replace(/-.*/, '');
}

function roleOf(fn: Resource): string {
  return referredTo(fn.Properties['Role']) ?? '';
}

function statementsOf(role: string): Statement[] {
  const policies = ofType(resources, 'AWS::IAM::Policy').map(([, policy]) => policy);
  return policies
    .filter((policy) => referredTo(policy.Properties['Roles']) === role)
    .flatMap((policy) => documentOf(policy).Statement);
}

function statementsWith(action: string): Statement[] {
  const all = ofType(resources, 'AWS::IAM::Policy').flatMap(([, policy]) => documentOf(policy).Statement);
  const found = all.filter((statement) => [statement.Action].flat().includes(action));
  assert.ok(found.length > 0, action);
  return found;
}

function documentOf(policy: Resource): { Statement: Statement[] } {
  return policy.Properties['PolicyDocument'] as { Statement: Statement[] };
}
