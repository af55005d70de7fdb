import { isInInbox } from '../../channels/manifests.ts';
import type { Conversation } from '../../domain/conversation.ts';
import type { ConversationId, OrganizationId } from '../../domain/id.ts';
import type { Message } from '../../domain/message.ts';
import { messageRow } from '../../domain/message-row.ts';
import { conversationRow } from '../../domain/conversation-row.ts';
import type { Row } from '../../domain/rows.ts';
import { summarise } from '../../domain/summary.ts';
import { findConversations, saveProjection } from '../../store/conversations.ts';
import type { ProjectedConversation } from '../../store/conversation-item.ts';
import { appendToFeed } from '../../store/feed.ts';
import type { Change } from '../../store/feed.ts';
import { signMedia } from '../../store/media-bucket.ts';
import type { ChangeOf, TableChange } from '../../store/stream-records.ts';
import { heedRefusals, heedWishes } from '../receive/heed-wishes.ts';
import { noteActivity } from '../accounts/activity.ts';
import { inParallel } from '../parallel.ts';
import {
  bringStraysHome,
  forgetFiles,
  introduce,
  projectAccounts,
  projectBroadcasts,
  releaseHeld,
  takeOverNew,
} from './consequences.ts';
import { projectRevisions } from './revisions.ts';
import { push } from './push.ts';
import type { News } from './push.ts';

/**
 * Brings what is derived from messages up to date: conversation summary, contact, the organization's feed, and the screens of whoever is connected.
 * Delivered at least once: the summary remembers the stream position it has counted, the feed the batch it came from.
 */
export async function project(changes: TableChange[], source: string): Promise<{ pushErrors: unknown[] }> {
  const byOrganization = Map.groupBy(changes, ({ after }) => after.organizationId);
  const errors = await inParallel([...byOrganization], ([organization, own]) =>
    projectOrganization(organization, own, source),
  );
  return { pushErrors: errors.flat() };
}

async function projectOrganization(
  organization: OrganizationId,
  all: TableChange[],
  source: string,
): Promise<unknown[]> {
  const arrived = all.filter(isNew);
  const known = await knownConversations(organization, [...new Set(arrived.map(({ after }) => after.conversationId))]);
  const strays = await bringStraysHome(arrived, known);
  const changes =
    strays.size === 0 ? all : all.filter((change) => change.kind !== 'message' || !strays.has(change.after.id));
  const created = changes.filter(isNew);
  const conversations = await projectConversations(organization, created, known);
  const fresh = created.map(({ after }) => after).filter(({ past }) => !past);
  await releaseHeld(conversations, fresh);
  await heedWishes(fresh);
  await heedRefusals(changes.filter((change) => change.kind === 'message'));
  await projectRevisions(organization, changes);
  await forgetFiles(changes);
  const inbox = conversations.filter(({ channel }) => isInInbox(channel));
  const news = [
    ...changes.flatMap(toNews),
    ...inbox.map(conversationNews),
    ...(await projectAccounts(changes)),
    ...(await projectBroadcasts(organization, changes)),
  ];
  await noteActivity(changes, Date.now());
  if (news.length === 0) return [];
  const seq = await appendToFeed(organization, feedChanges(news), source, Date.now());
  const told = news.map(({ change, row }) => ({ type: change.type, data: row }));
  return push(organization, seq, told);
}

function isNew(change: TableChange): change is ChangeOf<'message'> {
  return change.kind === 'message' && change.before === undefined;
}

function toNews(change: TableChange): News[] {
  if (change.kind === 'account' || change.kind === 'broadcast') return [];
  if (change.kind === 'conversation') return [conversationNews(change.after)];
  const { before, after } = change;
  const row = messageRow(after, signMedia);
  // what was there before its account is told of, and is no news
  if (before === undefined)
    return [{ change: messageChange(after.past ? 'message.updated' : 'message.created', after), row }];
  return isVisible(before, after) ? [{ change: messageChange('message.updated', after), row }] : [];
}

function messageChange(type: 'message.created' | 'message.updated', message: Message): Change {
  return { type, conversationId: message.conversationId, messageId: message.id };
}

function conversationNews(conversation: Conversation): News {
  return {
    change: { type: 'conversation.updated', conversationId: conversation.id },
    row: conversationRow(conversation),
  };
}

/** A new message implies its conversation's change: the feed names it once. */
function feedChanges(news: News[]): Change[] {
  const created = new Set(
    news.flatMap(({ change }) => (change.type === 'message.created' ? [change.conversationId] : [])),
  );
  return news
    .map(({ change }) => change)
    .filter((change) => change.type !== 'conversation.updated' || !created.has(change.conversationId));
}

/** A claim or a retry's bookkeeping is nobody's business. */
function isVisible(before: Message, after: Message): boolean {
  return visiblePart(before) !== visiblePart(after);
}

/**
 * Without when it was written, and when we heard of what the provider gives the time of; links to files are not signed, because each signature differs. What the
 * messages of a broadcast wait for is read, not told: the broadcast's own row says how it stands.
 */
function visiblePart(message: Message): string {
  const row = messageRow(message, (key) => key);
  const history = (row['status_history'] as Row[]).map((entry) =>
    entry['provider_at'] === null ? entry : { ...entry, at: null },
  );
  const waiting_for = message.broadcastId === undefined ? row['waiting_for'] : null;
  return JSON.stringify({ ...row, waiting_for, updated_at: null, attempts: null, status_history: history });
}

async function projectConversations(
  organization: OrganizationId,
  created: ChangeOf<'message'>[],
  known: Map<ConversationId, ProjectedConversation>,
): Promise<ProjectedConversation[]> {
  const groups = Map.groupBy(created, ({ after }) => after.conversationId);
  return inParallel([...groups], ([id, changes]) => projectConversation(organization, changes, known.get(id)));
}

/** Consistently: one that was left a moment ago must be seen to be, and what is written over an old state is refused, which costs more than the read. */
async function knownConversations(
  organization: OrganizationId,
  ids: ConversationId[],
): Promise<Map<ConversationId, ProjectedConversation>> {
  const found = ids.length === 0 ? [] : await findConversations(organization, ids, { consistent: true });
  return new Map(found.map((conversation) => [conversation.id, conversation]));
}

/** Counts each message once; if an agent changed the conversation meanwhile, starts again from what it is now. */
async function projectConversation(
  organization: OrganizationId,
  changes: ChangeOf<'message'>[],
  known: ProjectedConversation | undefined,
): Promise<ProjectedConversation> {
  const fresh = changes.filter(({ position }) => !known || isAfter(position, known.applied));
  const [first, ...rest] = fresh;
  if (!first) return known as ProjectedConversation;
  const applied = fresh.reduce((last, { position }) => (isAfter(position, last) ? position : last), first.position);
  const next = { ...summarise(known, [first.after, ...rest.map(({ after }) => after)]), applied };
  await introduce(next, known);
  const saved = await saveProjection(next, known);
  if (saved && !known) await takeOverNew(first.after);
  if (saved) return saved;
  const id = first.after.conversationId;
  return projectConversation(organization, changes, (await knownConversations(organization, [id])).get(id));
}

/** Stream sequence numbers are decimal numbers of up to 40 digits: the longer is the larger. */
function isAfter(a: string, b: string): boolean {
  return a.length === b.length ? a > b : a.length > b.length;
}
