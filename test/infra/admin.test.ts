import assert from 'node:assert/strict';
import test from 'node:test';
import { manifests } from '@parley/core/channels/manifests.ts';
import { ofType, referredTo, type Resource, synthesize } from './synthesized.ts';

const { template, resources } = synthesize();

test('nothing but who may invoke it reaches the admin function, and the stack says its name', () => {
  const [id] = adminOf(resources);
  const wired = [
    ...ofType(resources, 'AWS::Lambda::Permission').map(([, { Properties }]) => Properties['FunctionName']),
    ...ofType(resources, 'AWS::Lambda::EventSourceMapping').map(([, { Properties }]) => Properties['FunctionName']),
    ...ofType(resources, 'AWS::ApiGatewayV2::Integration').map(([, { Properties }]) => Properties['IntegrationUri']),
    ...ofType(resources, 'AWS::Scheduler::Schedule').map(([, { Properties }]) => Properties['Target']),
  ];
  assert.ok(wired.length > 10);
  assert.ok(!wired.map(referredTo).includes(id));
  assert.deepEqual(Object(template.toJSON()['Outputs']).AdminFunction, { Value: { Ref: id } });
});

test('users are looked after in the pool of this deployment only, and nowhere with an issuer of your own', () => {
  const [pool] = ofType(resources, 'AWS::Cognito::UserPool').map(([id]) => id);
  const [own, ...others] = userStatements(resources);
  assert.deepEqual(others, []);
  assert.equal(referredTo(own?.Resource), pool);
  const foreign = synthesize([], { issuer: 'https://id.example', audience: 'parley' });
  assert.deepEqual(userStatements(foreign.resources), []);
  const [, fn] = adminOf(foreign.resources);
  const { Variables } = Object(fn.Properties['Environment']);
  assert.deepEqual([Variables.ISSUER, Variables.USER_POOL_ID], ['https://id.example', undefined]);
});

test('where there is mail, what was set aside of it can be queued again', () => {
  const [, fn] = adminOf(synthesize(manifests).resources);
  assert.ok('MAIL_QUEUE_URL' in Object(fn.Properties['Environment']).Variables);
});

function adminOf(all: Record<string, Resource>): [string, Resource] {
  const found = ofType(all, 'AWS::Lambda::Function').find(([, fn]) => fn.Properties['Description'] === 'Parley admin');
  assert.ok(found);
  return found;
}

function userStatements(all: Record<string, Resource>): { Action: string[]; Resource: unknown }[] {
  const statements = ofType(all, 'AWS::IAM::Policy').flatMap(
    ([, policy]) => Object(policy.Properties['PolicyDocument']).Statement as { Action: string[]; Resource: unknown }[],
  );
  return statements.filter(({ Action }) => [Action].flat().some((action) => action.startsWith('cognito-idp:')));
}
