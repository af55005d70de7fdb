import { AwsError } from './aws.ts';
import { setting } from './environment.ts';

export type AuthFlow = 'USER_PASSWORD_AUTH' | 'REFRESH_TOKEN_AUTH';

export interface AuthenticationResult {
  IdToken: string;
  /** not given again when a session is refreshed */
  RefreshToken?: string;
  /** seconds */
  ExpiresIn: number;
}

/** What Cognito makes of credentials: a session, or that a new password has to be chosen first, in the sign-in that `challenge` names. */
export type SignedIn = { session: AuthenticationResult } | { challenge: string } | 'refused';

/** Cognito's InitiateAuth, an unsigned call for a public client. */
export async function initiateAuth(flow: AuthFlow, parameters: Record<string, string>): Promise<SignedIn> {
  const answer = await ask('InitiateAuth', { AuthFlow: flow, AuthParameters: parameters });
  return /NotAuthorized|UserNotFound/.test(answer.__type ?? '') ? 'refused' : read(answer);
}

/** Puts a password of the user's own in the place of a temporary one. `weak`: why the pool does not take it, in its words. */
export async function choosePassword(
  challenge: string,
  email: string,
  password: string,
): Promise<SignedIn | { weak: string }> {
  const answer = await ask('RespondToAuthChallenge', {
    ChallengeName: 'NEW_PASSWORD_REQUIRED',
    Session: challenge,
    ChallengeResponses: { USERNAME: email, NEW_PASSWORD: password },
  });
  if (/InvalidPassword|InvalidParameter/.test(answer.__type ?? '')) return { weak: answer.message ?? '' };
  return /NotAuthorized|UserNotFound|CodeMismatch|ExpiredCode/.test(answer.__type ?? '') ? 'refused' : read(answer);
}

/** Where the user pools are asked. */
export function userPoolEndpoint(): string {
  return (
    process.env['AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER'] ??
    `https://cognito-idp.${setting('AWS_REGION')}.amazonaws.com`
  );
}

/** What says which operation is asked. */
export function userPoolHeaders(operation: string): Record<string, string> {
  return {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
  };
}

interface Answer {
  status: number;
  AuthenticationResult?: AuthenticationResult;
  ChallengeName?: string;
  Session?: string;
  __type?: string;
  message?: string;
}

async function ask(operation: string, input: object): Promise<Answer> {
  const response = await fetch(userPoolEndpoint(), {
    method: 'POST',
    headers: userPoolHeaders(operation),
    body: JSON.stringify({ ...input, ClientId: setting('USER_POOL_CLIENT_ID') }),
    signal: AbortSignal.timeout(5000),
  });
  return { ...((await response.json()) as Omit<Answer, 'status'>), status: response.status };
}

function read(answer: Answer): SignedIn {
  if (answer.AuthenticationResult) return { session: answer.AuthenticationResult };
  if (answer.ChallengeName === 'NEW_PASSWORD_REQUIRED') return { challenge: answer.Session ?? '' };
  throw new AwsError(answer.status, { ...answer });
}
