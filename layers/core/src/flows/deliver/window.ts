import type { Channel } from '../../channels/contract.ts';
import type { Body } from '../../domain/body.ts';
import type { ChannelAccount } from '../../domain/channel-account.ts';
import { compact } from '../../domain/compact.ts';
import type { Conversation } from '../../domain/conversation.ts';
import type { Message } from '../../domain/message.ts';
import { isClosed, isWindowOpen } from '../../domain/send-window.ts';
import type { SendWindow, WindowPolicy } from '../../domain/send-window.ts';
import { statusOf } from '../../domain/status.ts';
import type { SendError } from '../../domain/status.ts';
import { findConversation } from '../../store/conversations.ts';
import { listMessages } from '../../store/messages.ts';
import { settingsOf } from '../../store/organization-settings.ts';
import type { Look } from '../send/look.ts';

/** How a conversation's window stands for a message. `lastInboundAt`: the customer's newest message that this was told by. */
export interface WindowState {
  isOpen: boolean;
  lastInboundAt: number | undefined;
}

type Aimed = Pick<Message, 'organizationId' | 'conversationId' | 'body' | 'options' | 'byPerson'> &
  Partial<Pick<Message, 'id' | 'lastInboundAt'>>;

/** What says whether a message needs a window, and what it knows of it. */
interface Need {
  body?: Body | undefined;
  options?: Message['options'] | undefined;
  lastInboundAt?: number | undefined;
}

const ALWAYS_OPEN: WindowState = { isOpen: true, lastInboundAt: undefined };

/**
 * How the window stands, where the channel has one and the message needs it. What was seen when the message was accepted does, and so does a look that may be a
 * moment old, unless by that it is closed: a customer's writing only opens it.
 */
export async function windowFor(channel: Channel, message: Aimed, now: number, look: Look): Promise<WindowState> {
  const window = await windowOf(channel, message);
  if (!window) return ALWAYS_OPEN;
  const { organizationId, conversationId, lastInboundAt } = message;
  if (isStillOpen(window, message, now)) return { isOpen: true, lastInboundAt };
  const glimpsed = await windowSeen(window, message, now, await look(conversationId));
  if (glimpsed.isOpen) return glimpsed;
  return windowSeen(window, message, now, await findConversation(organizationId, conversationId));
}

/** Looks at a conversation whose window will be asked for, by one call with what else is read just now. */
export async function lookAhead(
  channel: Channel,
  message: Need & Pick<Message, 'conversationId'>,
  look: Look,
): Promise<void> {
  const window = await windowOf(channel, message);
  if (window && !isStillOpen(window, message, Date.now())) await look(message.conversationId);
}

/**
 * Whether it is open for anybody, without a tag, by what the message itself knows. Where messages are counted, those that have gone since have to be.
 */
function isStillOpen(window: SendWindow, { lastInboundAt }: Need, now: number): boolean {
  return window.messages === undefined && isWindowOpen(window, lastInboundAt, now);
}

/** The window that a message needs, if it needs one. */
async function windowOf({ capabilities }: Channel, message: Need): Promise<SendWindow | undefined> {
  return needsNoWindow(message) ? undefined : (await capabilities()).window;
}

async function windowSeen(
  window: SendWindow,
  message: Aimed,
  now: number,
  conversation: Conversation | undefined,
): Promise<WindowState> {
  const lastInboundAt = conversation?.lastInboundAt;
  if (isClosed(window, { lastInboundAt, now, byPerson: message.byPerson })) return { isOpen: false, lastInboundAt };
  const isFull = window.messages !== undefined && (await countSince(message, lastInboundAt)) >= window.messages;
  return { isOpen: !isFull, lastInboundAt };
}

/** What is to become of a message that comes too late: as it says itself, or its account, or its organization. */
export async function policyFor(
  { onWindowClosed, organizationId }: Pick<Message, 'onWindowClosed' | 'organizationId'>,
  account: Pick<ChannelAccount, 'settings'> | undefined,
): Promise<WindowPolicy> {
  return (
    onWindowClosed ?? account?.settings?.window_policy ?? (await settingsOf(organizationId)).window_policy ?? 'refuse'
  );
}

/** The template that goes in the place of a message, if that is the policy. */
export function standInOf(policy: WindowPolicy): Extract<Body, { type: 'template' }> | undefined {
  if (typeof policy !== 'object' || !('template' in policy)) return undefined;
  const { name, language, parameters } = policy.template;
  return { type: 'template', template: { name, language, ...compact({ parameters }) } };
}

/** Why a message was not sent, in words. */
export async function windowError(
  { manifest, capabilities }: Channel,
  { byPerson }: Pick<Message, 'byPerson'>,
): Promise<SendError> {
  const { window } = await capabilities();
  const most = window?.messages === undefined ? '' : `, at most ${window.messages} messages`;
  const hours = (byPerson ? window?.tagHours : undefined) ?? window?.hours ?? 0;
  return {
    code: 'window_closed',
    class: 'window_closed',
    message: `Not sent: ${manifest.label} lets a business write freely only for ${hours} hours after the customer wrote${most}.`,
    permanent: true,
  };
}

/** A template goes at any time; so does what is tagged by its sender, or of a type for such times. */
function needsNoWindow({ body, options }: Need): boolean {
  const isTagged = options?.['tag'] !== undefined || options?.['messaging_type'] === 'MESSAGE_TAG';
  return body?.type === 'template' || isTagged;
}

/** Enough to see any provider's limit, failures between them included. */
const MOST_COUNTED = 50;

/** How many messages have gone since the customer last wrote. */
async function countSince(
  { organizationId, conversationId, id }: Aimed,
  lastInboundAt: number | undefined,
): Promise<number> {
  if (lastInboundAt === undefined) return 0;
  const page = await listMessages(organizationId, conversationId, { newestFirst: true, limit: MOST_COUNTED });
  const since = page.messages.filter(
    (one) => one.direction === 'OUTBOUND' && (one.progress.sent?.at ?? 0) >= lastInboundAt,
  );
  const gone = since.filter((one) => one.id !== id && !['PENDING', 'FAILED'].includes(statusOf(one.progress)));
  return gone.length;
}
