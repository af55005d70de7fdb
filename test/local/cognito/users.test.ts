import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import {
  AdminCreateUserCommand,
  AdminGetUserCommand,
  AdminSetUserPasswordCommand,
  InvalidPasswordException,
  NotAuthorizedException,
  ResourceNotFoundException,
  UserNotFoundException,
  UsernameExistsException,
} from '@aws-sdk/client-cognito-identity-provider';
import {
  UserPoolId,
  ClientId,
  email,
  password,
  organization,
  start,
  addAnn,
  auth,
  signIn,
  verifierOf,
} from './start-cognito.ts';

test('an unknown user and a wrong password are the same refusal', async (t) => {
  const { client } = await start(t);
  await addAnn(client);
  for (const [name, word] of [
    [email, 'Wrong-horse-1'],
    ['nobody@example.test', password],
  ] as const) {
    await assert.rejects(signIn(client, name, word), (error: unknown) => {
      assert.ok(error instanceof NotAuthorizedException);
      assert.equal(error.message, 'Incorrect username or password.');
      return true;
    });
  }
  await signIn(client, 'ANN@EXAMPLE.TEST');
});

test('users are created once, with a password to change and attributes of the schema', async (t) => {
  const { client } = await start(t);
  const create = new AdminCreateUserCommand({ UserPoolId, Username: email, TemporaryPassword: password });
  const { User } = await client.send(create);
  assert.equal(User?.UserStatus, 'FORCE_CHANGE_PASSWORD');
  const { ChallengeName } = await client.send(auth('USER_PASSWORD_AUTH', { USERNAME: email, PASSWORD: password }));
  assert.equal(ChallengeName, 'NEW_PASSWORD_REQUIRED');
  await assert.rejects(client.send(create), UsernameExistsException);
  const upper = new AdminCreateUserCommand({ UserPoolId, Username: email.toUpperCase() });
  await assert.rejects(client.send(upper), UsernameExistsException);
  await client.send(
    new AdminSetUserPasswordCommand({ UserPoolId, Username: email, Password: password, Permanent: true }),
  );
  const seen = await client.send(new AdminGetUserCommand({ UserPoolId, Username: email }));
  assert.equal(seen.UserStatus, 'CONFIRMED');
  assert.equal(seen.Username, User?.Username);
  assert.ok(seen.UserCreateDate instanceof Date);
  const strange = [
    { Name: 'sub', Value: 'x' },
    { Name: 'organization_id', Value: 'x' },
  ];
  for (const attribute of strange) {
    const command = new AdminCreateUserCommand({ UserPoolId, Username: 'b@example.test', UserAttributes: [attribute] });
    await assert.rejects(client.send(command), { name: 'InvalidParameterException' });
  }
  await assert.rejects(client.send(new AdminCreateUserCommand({ UserPoolId, Username: 'bob' })), {
    name: 'InvalidParameterException',
  });
});

test('what is not there, or not allowed, is refused by its name', async (t) => {
  const clients = [{ id: ClientId, poolId: UserPoolId, explicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'] }];
  const { client } = await start(t, { clients });
  const parameters = { USERNAME: email, PASSWORD: password };
  await assert.rejects(client.send(auth('USER_PASSWORD_AUTH', parameters)), { name: 'InvalidParameterException' });
  await assert.rejects(client.send(auth('USER_SRP_AUTH', parameters)), { name: 'InvalidParameterException' });
  await assert.rejects(client.send(auth('USER_PASSWORD_AUTH', parameters, 'nobody')), ResourceNotFoundException);
  await assert.rejects(client.send(new AdminGetUserCommand({ UserPoolId, Username: 'nobody' })), UserNotFoundException);
  await assert.rejects(
    client.send(new AdminGetUserCommand({ UserPoolId: 'none', Username: 'x' })),
    ResourceNotFoundException,
  );
  await client.send(new AdminCreateUserCommand({ UserPoolId, Username: email }));
  for (const weak of ['Short-1', 'no-upper-1', 'NO-LOWER-1', 'No-number', 'NoSymbol1']) {
    const command = new AdminSetUserPasswordCommand({ UserPoolId, Username: email, Password: weak, Permanent: true });
    await assert.rejects(client.send(command), InvalidPasswordException);
  }
});

test('without email among the username attributes the username is what was given', async (t) => {
  const { client } = await start(t, { pools: [{ id: UserPoolId, name: 'people' }] });
  const { User } = await client.send(new AdminCreateUserCommand({ UserPoolId, Username: 'bob' }));
  assert.equal(User?.Username, 'bob');
  await client.send(
    new AdminSetUserPasswordCommand({ UserPoolId, Username: 'bob', Password: password, Permanent: true }),
  );
  await signIn(client, 'bob');
});

test('users, sessions and keys last, and no password or token is kept in the clear', async (t) => {
  const first = await start(t, { issuerUrl: 'http://issuer.test' });
  await addAnn(first.client);
  const { RefreshToken, IdToken } = await signIn(first.client);
  await first.stop();
  const second = await start(t, { issuerUrl: 'http://issuer.test', dir: first.dir });
  const jwks = await (await fetch(`${second.url}/${UserPoolId}/.well-known/jwks.json`)).text();
  const verifier = verifierOf(`http://issuer.test/${UserPoolId}`, ClientId);
  verifier.cacheJwks(JSON.parse(jwks) as Parameters<typeof verifier.cacheJwks>[0]);
  await verifier.verify(IdToken);
  await second.client.send(auth('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN: RefreshToken }));
  await signIn(second.client);
  await second.stop();
  const kept = readFileSync(join(first.dir, 'cognito.sqlite')).toString('latin1');
  assert.ok(kept.includes(organization));
  for (const secret of [password, RefreshToken]) assert.ok(!kept.includes(secret));
  for (const name of ['cognito.sqlite', 'signing-keys.json'])
    assert.equal(statSync(join(first.dir, name)).mode & 0o777, 0o600);
});
