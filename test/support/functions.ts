import { synthesized } from '@parley/local/product.ts';
import { readTemplate } from '@parley/local/template/read-template.ts';
import { resolve } from '@parley/local/template/resolve.ts';
import type { Cloud } from '@parley/local/cloud.ts';

const nowhere = { queues: '', httpApi: '', webSocketApi: '', webSocketManagement: '', userPools: '' };
const names = resolve(readTemplate(synthesized), nowhere).functions.map(({ name }) => name);

/** Invokes the one function whose name has this part, with an event as its source would send it. Throws what the function throws. */
export async function invoke(cloud: Cloud, part: string, event: unknown): Promise<unknown> {
  const [name, ...others] = names.filter((one) => one.includes(part));
  if (name === undefined || others.length > 0) throw new Error(`${part} names no function, or several`);
  const result = await cloud.functions.invoke(name, event);
  if (!result.ok) throw new Error(`${result.errorType}: ${result.errorMessage}`);
  return result.payload;
}

/** A queued task as SQS hands it over; each receive has its own handle. */
export function received(task: { organizationId: string; messageId: string }, receive: number): unknown {
  const attributes = { ApproximateReceiveCount: String(receive), MessageGroupId: task.messageId };
  const receiptHandle = `receive-${receive}-${task.messageId}`;
  return { Records: [{ messageId: task.messageId, receiptHandle, body: JSON.stringify(task), attributes }] };
}
