import assert from 'node:assert/strict';
import test from 'node:test';
import {
  GetUserCommand,
  GlobalSignOutCommand,
  NotAuthorizedException,
  RevokeTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { UserPoolId, ClientId, email, organization, start, addAnn, auth, signIn, verifierOf } from './start-cognito.ts';

test('aws-jwt-verify accepts the tokens of a sign-in', async (t) => {
  const { client, url } = await start(t);
  await addAnn(client);
  const { IdToken, AccessToken } = await signIn(client);
  const issuer = `${url}/${UserPoolId}`;
  const id = await verifierOf(issuer, ClientId).verify(IdToken);
  assert.equal(id['token_use'], 'id');
  assert.equal(id['email'], email);
  assert.equal(id['email_verified'], true);
  assert.equal(id['custom:organization_id'], organization);
  assert.equal(id['cognito:username'], id.sub);
  assert.equal((id.exp ?? 0) - (id.iat ?? 0), 3600);
  const access = await verifierOf(issuer, null).verify(AccessToken);
  assert.equal(access['token_use'], 'access');
  assert.equal(access['client_id'], ClientId);
  assert.equal(access['scope'], 'aws.cognito.signin.user.admin');
  assert.equal(access['custom:organization_id'], undefined);
  await assert.rejects(verifierOf(issuer, 'another').verify(IdToken));
  const [head, , signature] = IdToken.split('.');
  const forged = Buffer.from(JSON.stringify({ ...id, 'custom:organization_id': 'org_2' })).toString('base64url');
  await assert.rejects(verifierOf(issuer, ClientId).verify(`${head}.${forged}.${signature}`));
});

test('the issuer is what discovery says, and can be given', async (t) => {
  const { client, url } = await start(t, { issuerUrl: 'http://issuer.test' });
  await addAnn(client);
  const { IdToken } = await signIn(client);
  const issuer = `http://issuer.test/${UserPoolId}`;
  const found = (await (await fetch(`${url}/${UserPoolId}/.well-known/openid-configuration`)).json()) as Record<
    string,
    unknown
  >;
  assert.equal(found['issuer'], issuer);
  assert.equal(found['jwks_uri'], `${issuer}/.well-known/jwks.json`);
  const jwks = await (await fetch(`${url}/${UserPoolId}/.well-known/jwks.json`)).text();
  assert.ok(!jwks.includes('"d"'));
  const verifier = verifierOf(issuer, ClientId);
  verifier.cacheJwks(JSON.parse(jwks) as Parameters<typeof verifier.cacheJwks>[0]);
  await verifier.verify(IdToken);
  for (const path of ['/other/.well-known/jwks.json', `/${UserPoolId}/.well-known/other`, '/']) {
    assert.equal((await fetch(url + path)).status, 404);
  }
});

test('a refresh token brings new tokens of the same sign-in, until it expires', async (t) => {
  let now = Date.now();
  const { client, url } = await start(t, { now: () => now });
  await addAnn(client);
  const { RefreshToken, IdToken } = await signIn(client);
  const refresh = auth('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN: RefreshToken });
  const { AuthenticationResult } = await client.send(refresh);
  assert.equal(AuthenticationResult?.RefreshToken, undefined);
  const verifier = verifierOf(`${url}/${UserPoolId}`, ClientId);
  const [before, after] = [await verifier.verify(IdToken), await verifier.verify(AuthenticationResult?.IdToken ?? '')];
  assert.equal(before['auth_time'], after['auth_time']);
  assert.equal(before['origin_jti'], after['origin_jti']);
  assert.notEqual(before.jti, after.jti);
  now += 31 * 86_400_000;
  await assert.rejects(client.send(refresh), { message: 'Refresh Token has expired' });
  await assert.rejects(client.send(auth('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN: 'made-up' })), {
    message: 'Invalid Refresh Token',
  });
});

test('a revoked token takes the access tokens of its sign-in with it, and no others', async (t) => {
  const { client } = await start(t);
  await addAnn(client);
  const [one, other] = [await signIn(client), await signIn(client)];
  await client.send(new RevokeTokenCommand({ ClientId, Token: one.RefreshToken }));
  await assert.rejects(client.send(auth('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN: one.RefreshToken })), {
    message: 'Refresh Token has been revoked',
  });
  await assert.rejects(client.send(new GetUserCommand({ AccessToken: one.AccessToken })), {
    message: 'Access Token has been revoked',
  });
  await client.send(new GetUserCommand({ AccessToken: other.AccessToken }));
  await client.send(new GlobalSignOutCommand({ AccessToken: other.AccessToken }));
  await assert.rejects(
    client.send(auth('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN: other.RefreshToken })),
    NotAuthorizedException,
  );
  await assert.rejects(client.send(new RevokeTokenCommand({ ClientId, Token: one.IdToken })), {
    name: 'UnsupportedTokenTypeException',
  });
});

test('GetUser takes access tokens only, while they last', async (t) => {
  let now = Date.now();
  const { client } = await start(t, { now: () => now });
  await addAnn(client);
  const { AccessToken, IdToken } = await signIn(client);
  const user = await client.send(new GetUserCommand({ AccessToken }));
  assert.ok(
    user.UserAttributes?.some(({ Name, Value }) => Name === 'custom:organization_id' && Value === organization),
  );
  for (const wrong of [IdToken, `${AccessToken}x`, 'x.y.z', '']) {
    await assert.rejects(client.send(new GetUserCommand({ AccessToken: wrong })), NotAuthorizedException);
  }
  now += 3_601_000;
  await assert.rejects(client.send(new GetUserCommand({ AccessToken })), { message: 'Access Token has expired' });
});
