import type { MessageId, OrganizationId } from '../domain/id.ts';
import type { Message } from '../domain/message.ts';
import { statusOf } from '../domain/status.ts';
import { scheduledKey, scheduledPartition } from './keys/conversations.ts';
import { findMessages } from './messages.ts';
import { putItem, queryAll } from './table.ts';

const PAGE = 100;
/** What has gone by is of no use to anyone. */
const KEEP_S = 24 * 3600;

/** Lists a message under the time it waits for. One that is given another time stands in the list twice; only where it is true does it count. */
export async function listAsScheduled(message: Message): Promise<void> {
  const at = message.scheduledAt ?? message.storedAt;
  await putItem(scheduledKey(message.organizationId, at, message.id), { ttl: Math.floor(at / 1000) + KEEP_S });
}

/** The messages that wait for their time, soonest first. */
export async function* listScheduled(organization: OrganizationId, now: number): AsyncGenerator<Message> {
  let page: { at: number; id: MessageId }[] = [];
  const from = scheduledKey(organization, now, '').sk;
  for await (const { sk } of queryAll({ partition: scheduledPartition(organization), from })) {
    const [at, ...id] = String(sk).split('#');
    page.push({ at: Number(at), id: id.join('#') as MessageId });
    if (page.length < PAGE) continue;
    yield* await waitingOf(organization, page);
    page = [];
  }
  yield* await waitingOf(organization, page);
}

async function waitingOf(organization: OrganizationId, listed: { at: number; id: MessageId }[]): Promise<Message[]> {
  const ids = new Set(listed.map(({ id }) => id));
  const messages = new Map((await findMessages(organization, [...ids])).map((message) => [message.id, message]));
  return listed.flatMap(({ at, id }) => {
    const message = messages.get(id);
    return message?.scheduledAt === at && statusOf(message.progress) === 'PENDING' ? [message] : [];
  });
}
