import assert from 'node:assert/strict';
import test from 'node:test';
import { ofType, referredTo, synthesize } from './synthesized.ts';
import type { Synthesized } from './synthesized.ts';

const { resources } = synthesize();

test('short links begin with the URL of the HTTP API, or with a domain of their own', () => {
  const { PUBLIC_URL: own } = environmentOf('api');
  const { resources: apart } = synthesize(undefined, { shortDomain: 'go.example.com' });
  // everything that sends
  for (const name of ['api', 'broadcast', 'scheduler']) {
    assert.deepEqual(environmentOf(name)['SHORT_URL'], own, name);
    assert.equal(environmentOf(name, apart)['SHORT_URL'], 'https://go.example.com', name);
  }
});

test('a short domain is a domain and nothing else', () => {
  for (const shortDomain of ['https://go.example.com', 'go.example.com/l', 'localhost', 'GO example'])
    assert.throws(() => synthesize(undefined, { shortDomain }), /'shortDomain' must be a domain/, shortDomain);
});

test('what follows a link reads and counts links, and can do nothing else', () => {
  const [, redirect] = ofType(resources, 'AWS::Lambda::Function').find(
    ([, fn]) => fn.Properties['Description'] === 'Parley redirect',
  ) ?? ['', undefined];
  const role = referredTo(redirect?.Properties['Role']);
  const actions = ofType(resources, 'AWS::IAM::Policy')
    .filter(([, policy]) => referredTo(policy.Properties['Roles']) === role)
    .flatMap(([, policy]) => Object(policy.Properties['PolicyDocument']).Statement as { Action: string | string[] }[])
    .flatMap(({ Action }) => Action);
  assert.deepEqual(actions.sort(), [
    'dynamodb:GetItem',
    'dynamodb:UpdateItem',
    'logs:CreateLogStream',
    'logs:PutLogEvents',
  ]);
});

function environmentOf(name: string, within: Synthesized['resources'] = resources): Record<string, unknown> {
  const functions = ofType(within, 'AWS::Lambda::Function').map(([, fn]) => fn.Properties);
  const found = functions.find((fn) => fn['Description'] === `Parley ${name}`);
  return Object(found?.['Environment']).Variables ?? {};
}
