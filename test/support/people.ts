import { ask } from './cloud.ts';
import type { Organization, TestCloud } from './cloud.ts';

export interface Session {
  access_token: string;
  refresh_token: string;
  token_type: string;
  expires_in: number;
  expires_at: number;
  user: { id: string; email: string; app_metadata: { organization_id: string } };
}

/** Signs in the first agent of an organization. */
export async function signIn(cloud: TestCloud, organization: Organization): Promise<Session> {
  const answer = await ask(cloud, undefined, '/auth/v1/token?grant_type=password', organization.agents[0]);
  if (answer.status !== 200) throw new Error(`sign-in: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body as unknown as Session;
}
