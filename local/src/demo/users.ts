import type { DemoOrganization } from './organizations.ts';

/** Makes the demo agents users of the pool, as an administrator would. */
export async function createUsers(cognito: string, pool: string, organizations: DemoOrganization[]): Promise<void> {
  for (const { id, agents } of organizations) {
    for (const { email, password } of agents) {
      await ask(cognito, 'AdminCreateUser', {
        UserPoolId: pool,
        Username: email,
        MessageAction: 'SUPPRESS',
        UserAttributes: attributes(email, id),
      });
      await ask(cognito, 'AdminSetUserPassword', {
        UserPoolId: pool,
        Username: email,
        Password: password,
        Permanent: true,
      });
    }
  }
}

function attributes(email: string, organization: string): { Name: string; Value: string }[] {
  return [
    { Name: 'email', Value: email },
    { Name: 'email_verified', Value: 'true' },
    { Name: 'custom:organization_id', Value: organization },
  ];
}

async function ask(cognito: string, operation: string, input: object): Promise<void> {
  const headers = {
    'Content-Type': 'application/x-amz-json-1.1',
    'X-Amz-Target': `AWSCognitoIdentityProviderService.${operation}`,
    Authorization: 'local',
  };
  const response = await fetch(cognito, { method: 'POST', headers, body: JSON.stringify(input) });
  if (response.ok) return;
  const problem = (await response.json()) as { __type?: string };
  if (!problem.__type?.endsWith('UsernameExistsException')) throw new Error(`${operation}: ${JSON.stringify(problem)}`);
}
