import type { Channel } from '../../channels/contract.ts';
import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { Message } from '../../domain/message.ts';
import { holdOf } from '../../domain/send-window.ts';
import type { SendError } from '../../domain/status.ts';
import { checkTemplate, templateError } from '../send/check-template.ts';
import type { Look } from '../send/look.ts';
import type { Hold } from './held.ts';
import { quietError, quietFor, quietLaneOf } from './quiet.ts';
import { policyFor, standInOf, windowError, windowFor } from './window.ts';

/** A message that is about to leave, with the account it leaves from. */
export interface Leaving {
  channel: Channel;
  account: ConnectedAccount;
  message: Message;
  look: Look;
}

/**
 * What is to become of it: it leaves, it leaves in another form, it waits for its customer or for a time (ms), or it fails for a reason that
 * is known without asking the provider.
 */
export type Permission =
  /** `lastInboundAt`: when the customer last wrote (ms), where that was asked */
  | { outcome: 'go'; lastInboundAt?: number }
  | { outcome: 'replace'; body: Message['body']; degraded: string }
  | ({ outcome: 'hold' } & Hold)
  | { outcome: 'postpone'; until: number }
  | { outcome: 'refuse'; error: SendError };

type Check = (leaving: Leaving) => Promise<Permission>;

const GO: Permission = { outcome: 'go' };

/** In this order; the first that says anything but `go` has the word, else the last. */
const checks: Check[] = [quietHours, template, window];

/** Asked of every message when its time has come, before the provider is: much can have changed since it was accepted. */
export async function checkBeforeSend(leaving: Leaving): Promise<Permission> {
  let permission = GO;
  for (const check of checks) {
    permission = await check(leaving);
    if (permission.outcome !== 'go') break;
  }
  return permission;
}

/** What the policy makes of a message whose window has closed: by our own reckoning, or by the provider's word. */
export async function onWindowClosed(leaving: Leaving, lastInboundAt: number | undefined): Promise<Permission> {
  const { channel, account, message } = leaving;
  const policy = await policyFor(message, account);
  const held = holdOf(policy);
  if (held !== undefined) return { outcome: 'hold', until: patienceOf(message, held), lastInboundAt };
  const standIn = standInOf(policy);
  if (!standIn || !(await channel.capabilities()).template) return refuse(await windowError(channel, message));
  const checked = await checkTemplate(channel, account, standIn);
  if (!checked.ok) return refuse(templateError(checked.problem));
  const note = `Sent as template '${standIn.template.name}', because the window for free messages had closed.`;
  return { outcome: 'replace', body: checked.value, degraded: [message.degraded, note].filter(Boolean).join(' ') };
}

/** One that is held again has what is left of its time. */
function patienceOf({ heldUntil = 0 }: Message, held: number): number {
  const now = Date.now();
  return heldUntil > now ? heldUntil : now + held;
}

async function quietHours({ message }: Leaving): Promise<Permission> {
  const quiet = await quietFor(message.organizationId, quietLaneOf(message), Date.now());
  if (!quiet) return GO;
  return quiet.policy === 'hold' ? { outcome: 'postpone', until: quiet.until } : refuse(quietError);
}

async function template({ channel, account, message }: Leaving): Promise<Permission> {
  const checked = await checkTemplate(channel, account, message.body);
  return checked.ok ? GO : refuse(templateError(checked.problem));
}

async function window(leaving: Leaving): Promise<Permission> {
  const { isOpen, lastInboundAt } = await windowFor(leaving.channel, leaving.message, Date.now(), leaving.look);
  if (!isOpen) return onWindowClosed(leaving, lastInboundAt);
  return lastInboundAt === undefined ? GO : { outcome: 'go', lastInboundAt };
}

function refuse(error: SendError): Permission {
  return { outcome: 'refuse', error };
}
