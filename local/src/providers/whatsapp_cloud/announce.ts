import type { Hook } from '../deliveries.ts';
import { json, type Answer } from '../http.ts';
import { tell, type Cloud } from './cloud.ts';

/** Tells the webhook, and answers with the status that it gave. */
export async function announce(cloud: Cloud, hook: Hook | undefined): Promise<Answer> {
  return json(200, { webhook_status: await tell(cloud, hook) });
}
