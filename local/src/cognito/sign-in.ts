import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { done, operation, refuse, type AwsAnswer, type AwsOperation } from '../kms/aws-json.ts';
import { attributeList, findUser, type Client, type Directory } from './directory.ts';
import { checkPassword, findWeakness, hashPassword } from './passwords.ts';
import type { Session, User } from './store.ts';
import { checkAccessToken, hashToken, issueTokens, newRefreshToken, REFRESH_MS } from './tokens.ts';

const INVALID = 'InvalidParameterException';
const authInput = z.object({
  ClientId: z.string(),
  AuthFlow: z.string(),
  AuthParameters: z._default(z.record(z.string(), z.string()), {}),
});

const challengeInput = z.object({
  ClientId: z.string(),
  ChallengeName: z.string(),
  Session: z.string(),
  ChallengeResponses: z._default(z.record(z.string(), z.string()), {}),
});

/** InitiateAuth by password and by refresh token, RespondToAuthChallenge with a new password, RevokeToken and GlobalSignOut. */
export function signInOperations(directory: Directory): Record<string, AwsOperation> {
  return {
    InitiateAuth: operation(authInput, (input) => initiateAuth(directory, input), INVALID),
    RespondToAuthChallenge: operation(challengeInput, (input) => respond(directory, input), INVALID),
    RevokeToken: operation(
      z.object({ Token: z.string(), ClientId: z.string() }),
      (input) => revokeToken(directory, input.ClientId, input.Token),
      INVALID,
    ),
    GlobalSignOut: operation(
      z.object({ AccessToken: z.string() }),
      (input) => globalSignOut(directory, input.AccessToken),
      INVALID,
    ),
  };
}

async function initiateAuth(directory: Directory, input: z.infer<typeof authInput>): Promise<AwsAnswer> {
  const { AuthFlow, AuthParameters } = input;
  const client = directory.clients.get(input.ClientId);
  if (!client) return missingClient(input.ClientId);
  switch (AuthFlow) {
    case 'USER_PASSWORD_AUTH':
      if (!allows(client, AuthFlow)) return refuse(INVALID, `${AuthFlow} flow not enabled for this client`);
      return withParameters(AuthParameters, ['USERNAME', 'PASSWORD'], ([name = '', password = '']) =>
        byPassword(directory, client, name, password),
      );
    case 'REFRESH_TOKEN_AUTH':
    case 'REFRESH_TOKEN':
      if (!allows(client, 'REFRESH_TOKEN_AUTH')) return refuse(INVALID, 'Auth flow not enabled for this client');
      return withParameters(AuthParameters, ['REFRESH_TOKEN'], ([token = '']) =>
        byRefreshToken(directory, client, token),
      );
    default:
      return refuse(INVALID, `Unsupported AuthFlow ${AuthFlow}`);
  }
}

async function respond(directory: Directory, input: z.infer<typeof challengeInput>): Promise<AwsAnswer> {
  const client = directory.clients.get(input.ClientId);
  if (!client) return missingClient(input.ClientId);
  if (input.ChallengeName !== 'NEW_PASSWORD_REQUIRED')
    return refuse(INVALID, `Unsupported ChallengeName ${input.ChallengeName}`);
  return withParameters(input.ChallengeResponses, ['USERNAME', 'NEW_PASSWORD'], async ([name = '', password = '']) => {
    const user = findUser(directory, client.poolId, name);
    if (!user || !directory.challenges.isOpen(input.Session, user, directory.now()))
      return refuse('NotAuthorizedException', 'Invalid session for the user.');
    const weakness = findWeakness(password, directory.pools.get(client.poolId)?.passwordPolicy);
    if (weakness !== undefined) return refuse('InvalidPasswordException', weakness);
    const chosen: User = {
      ...user,
      password: await hashPassword(password),
      status: 'CONFIRMED',
      modifiedAt: directory.now(),
    };
    directory.store.putUser(chosen);
    directory.challenges.close(input.Session);
    return startSession(directory, client, chosen);
  });
}

// The same words, after the same work, whether the user exists or the password is wrong.
async function byPassword(directory: Directory, client: Client, name: string, password: string): Promise<AwsAnswer> {
  const user = findUser(directory, client.poolId, name);
  const isRight = await checkPassword(password, user?.password);
  if (!user || !isRight) return refuse('NotAuthorizedException', 'Incorrect username or password.');
  return user.status === 'CONFIRMED' ? startSession(directory, client, user) : newPasswordChallenge(directory, user);
}

async function startSession(directory: Directory, client: Client, user: User): Promise<AwsAnswer> {
  const RefreshToken = newRefreshToken();
  const session: Session = {
    id: randomUUID(),
    poolId: client.poolId,
    clientId: client.id,
    username: user.username,
    tokenHash: hashToken(RefreshToken),
    signedInAt: directory.now(),
    revoked: false,
  };
  directory.store.insertSession(session);
  const tokens = await issueTokens(directory, session, user);
  return done({ AuthenticationResult: { ...tokens, RefreshToken }, ChallengeParameters: {} });
}

async function byRefreshToken(directory: Directory, client: Client, token: string): Promise<AwsAnswer> {
  const session = directory.store.findSessionByToken(hashToken(token));
  const user = session && directory.store.findUser(session.poolId, session.username);
  if (!user || session.clientId !== client.id) return refuse('NotAuthorizedException', 'Invalid Refresh Token');
  if (session.revoked) return refuse('NotAuthorizedException', 'Refresh Token has been revoked');
  if (directory.now() > session.signedInAt + REFRESH_MS) {
    return refuse('NotAuthorizedException', 'Refresh Token has expired');
  }
  return done({ AuthenticationResult: await issueTokens(directory, session, user), ChallengeParameters: {} });
}

function revokeToken(directory: Directory, clientId: string, token: string): AwsAnswer {
  if (!directory.clients.has(clientId)) return missingClient(clientId);
  if (token.split('.').length === 3) return refuse('UnsupportedTokenTypeException', 'Unsupported token type.');
  const session = directory.store.findSessionByToken(hashToken(token));
  if (session && session.clientId !== clientId)
    return refuse('UnauthorizedException', 'Invalid client for this token.');
  if (session) directory.store.revokeSession(session.id);
  return done({});
}

async function globalSignOut(directory: Directory, accessToken: string): Promise<AwsAnswer> {
  const check = await checkAccessToken(directory, accessToken);
  if (!check.ok) return refuse('NotAuthorizedException', check.message);
  directory.store.revokeSessionsOf(check.user);
  return done({});
}

function newPasswordChallenge(directory: Directory, user: User): AwsAnswer {
  const attributes = Object.fromEntries(attributeList(user).map(({ Name, Value }) => [Name, Value]));
  return done({
    ChallengeName: 'NEW_PASSWORD_REQUIRED',
    ChallengeParameters: {
      USER_ID_FOR_SRP: user.username,
      requiredAttributes: '[]',
      userAttributes: JSON.stringify(attributes),
    },
    Session: directory.challenges.open(user, directory.now()),
  });
}

function withParameters(
  parameters: Record<string, string>,
  names: readonly string[],
  use: (values: readonly string[]) => Promise<AwsAnswer>,
): AwsAnswer | Promise<AwsAnswer> {
  const missing = names.find((name) => !parameters[name]);
  if (missing !== undefined) return refuse(INVALID, `Missing required parameter ${missing}`);
  return use(names.map((name) => parameters[name] ?? ''));
}

function allows(client: Client, flow: string): boolean {
  return client.explicitAuthFlows?.some((allowed) => allowed === `ALLOW_${flow}` || allowed === flow) ?? true;
}

function missingClient(clientId: string): AwsAnswer {
  return refuse('ResourceNotFoundException', `User pool client ${clientId} does not exist.`);
}
