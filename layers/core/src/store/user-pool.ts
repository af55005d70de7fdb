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

/** Cognito's InitiateAuth, an unsigned call for a public client. Undefined: the credentials are wrong. */
export async function initiateAuth(
  flow: AuthFlow,
  parameters: Record<string, string>,
): Promise<AuthenticationResult | undefined> {
  const endpoint =
    process.env['AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER'] ??
    `https://cognito-idp.${setting('AWS_REGION')}.amazonaws.com`;
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-amz-json-1.1',
      'X-Amz-Target': 'AWSCognitoIdentityProviderService.InitiateAuth',
    },
    body: JSON.stringify({ AuthFlow: flow, AuthParameters: parameters, ClientId: setting('USER_POOL_CLIENT_ID') }),
    signal: AbortSignal.timeout(5000),
  });
  const answer = (await response.json()) as { AuthenticationResult?: AuthenticationResult; __type?: string };
  if (answer.AuthenticationResult) return answer.AuthenticationResult;
  if (/NotAuthorized|UserNotFound/.test(answer.__type ?? '')) return undefined;
  throw new AwsError(response.status, answer);
}
