import assert from 'node:assert/strict';
import test from 'node:test';
import {
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminSetUserPasswordCommand,
  InvalidPasswordException,
  ListUsersCommand,
  NotAuthorizedException,
  RespondToAuthChallengeCommand,
  UserNotFoundException,
} from '@aws-sdk/client-cognito-identity-provider';
import { UserPoolId, ClientId, addAnn, auth, email, password, signIn, start } from './start-cognito.ts';

const own = 'Another-horse-2';

test('who shows a temporary password chooses another within three minutes, once', async (t) => {
  let now = Date.now();
  const { client } = await start(t, { now: () => now });
  await client.send(new AdminCreateUserCommand({ UserPoolId, Username: email, TemporaryPassword: password }));
  const challenge = async () => {
    const asked = await client.send(auth('USER_PASSWORD_AUTH', { USERNAME: email, PASSWORD: password }));
    assert.equal(asked.ChallengeName, 'NEW_PASSWORD_REQUIRED');
    return asked.Session;
  };
  const answer = (Session: string | undefined, NEW_PASSWORD: string) =>
    client.send(
      new RespondToAuthChallengeCommand({
        ClientId,
        ChallengeName: 'NEW_PASSWORD_REQUIRED',
        Session,
        ChallengeResponses: { USERNAME: email, NEW_PASSWORD },
      }),
    );
  const late = await challenge();
  now += 3 * 60_000;
  await assert.rejects(answer(late, own), NotAuthorizedException);
  const session = await challenge();
  await assert.rejects(answer('made-up', own), NotAuthorizedException);
  await assert.rejects(answer(session, 'short'), InvalidPasswordException);
  const { AuthenticationResult } = await answer(session, own);
  assert.ok(AuthenticationResult?.IdToken);
  await assert.rejects(answer(session, own), NotAuthorizedException);
  await assert.rejects(signIn(client), NotAuthorizedException);
  await signIn(client, email, own);
  await client.send(new AdminSetUserPasswordCommand({ UserPoolId, Username: email, Password: password }));
  await challenge();
});

test('users are listed page by page, and one who is deleted has no session any more', async (t) => {
  const { client } = await start(t);
  await addAnn(client);
  const { RefreshToken } = await signIn(client);
  for (const Username of ['b@example.test', 'c@example.test'])
    await client.send(new AdminCreateUserCommand({ UserPoolId, Username }));
  const seen: string[] = [];
  let PaginationToken: string | undefined;
  do {
    const page = await client.send(new ListUsersCommand({ UserPoolId, Limit: 2, PaginationToken }));
    const emails = page.Users?.map(
      ({ Attributes = [] }) => Attributes.find(({ Name }) => Name === 'email')?.Value ?? '',
    );
    seen.push(...(emails ?? []));
    ({ PaginationToken } = page);
  } while (PaginationToken !== undefined);
  assert.deepEqual(seen.toSorted(), [email, 'b@example.test', 'c@example.test']);
  await client.send(new AdminDeleteUserCommand({ UserPoolId, Username: email }));
  await assert.rejects(
    client.send(auth('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN: RefreshToken })),
    NotAuthorizedException,
  );
  await assert.rejects(client.send(new AdminDeleteUserCommand({ UserPoolId, Username: email })), UserNotFoundException);
});
