import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
  type AuthFlowType,
} from '@aws-sdk/client-cognito-identity-provider';
import { JwtRsaVerifier } from 'aws-jwt-verify';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';
import { startCognito, type CognitoOptions } from '@parley/local/cognito/server.ts';

export const UserPoolId = 'us-east-1_parley';
export const ClientId = 'inbox';
export const email = 'Ann@example.test';
export const password = 'Correct-horse-1';
export const organization = 'org_1';

export async function start(t: TestContext, more: Partial<CognitoOptions> = {}) {
  const dir = more.dir ?? mkdtempSync(join(tmpdir(), 'cognito-'));
  const server = await startCognito({
    dir,
    pools: [{ id: UserPoolId, name: 'people', usernameAttributes: ['email'] }],
    clients: [{ id: ClientId, poolId: UserPoolId }],
    ...more,
  });
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new CognitoIdentityProviderClient({ endpoint: server.url, region: 'us-east-1', credentials });
  let closing: Promise<void> | undefined;
  const stop = () => (closing ??= server.close());
  t.after(async () => {
    client.destroy();
    await stop();
    rmSync(dir, { recursive: true, force: true });
  });
  return { client, dir, url: server.url, stop };
}

export async function addAnn(client: CognitoIdentityProviderClient): Promise<void> {
  const UserAttributes = [
    { Name: 'email_verified', Value: 'true' },
    { Name: 'custom:organization_id', Value: organization },
  ];
  await client.send(
    new AdminCreateUserCommand({ UserPoolId, Username: email, UserAttributes, MessageAction: 'SUPPRESS' }),
  );
  await client.send(
    new AdminSetUserPasswordCommand({ UserPoolId, Username: email, Password: password, Permanent: true }),
  );
}

export function auth(AuthFlow: AuthFlowType, AuthParameters: Record<string, string>, clientId = ClientId) {
  return new InitiateAuthCommand({ ClientId: clientId, AuthFlow, AuthParameters });
}

export async function signIn(client: CognitoIdentityProviderClient, USERNAME = email, PASSWORD = password) {
  const { AuthenticationResult } = await client.send(auth('USER_PASSWORD_AUTH', { USERNAME, PASSWORD }));
  const { IdToken = '', AccessToken = '', RefreshToken = '' } = AuthenticationResult ?? {};
  return { IdToken, AccessToken, RefreshToken };
}

/** aws-jwt-verify fetches over https only by itself. */
const fetcher = { fetch: async (uri: string) => (await fetch(uri)).arrayBuffer() };

export function verifierOf(issuer: string, audience: string | null) {
  const jwksUri = `${issuer}/.well-known/jwks.json`;
  return JwtRsaVerifier.create({ issuer, audience, jwksUri }, { jwksCache: new SimpleJwksCache({ fetcher }) });
}
