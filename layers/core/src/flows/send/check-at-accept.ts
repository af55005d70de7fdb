import type { Channel } from '../../channels/contract.ts';
import { compact } from '../../domain/compact.ts';
import { ok } from '../../domain/problem.ts';
import type { Problem, Result } from '../../domain/problem.ts';
import { holdOf } from '../../domain/send-window.ts';
import { scheduledFor } from '../../domain/waiting.ts';
import { findAccount } from '../../store/channel-accounts.ts';
import { outsideQuiet, quietLaneOf } from '../deliver/quiet.ts';
import type { Look } from './look.ts';
import type { Unstored } from './shorten.ts';
import { policyFor, standInOf, windowError, windowFor } from '../deliver/window.ts';
import { checkTemplate } from './check-template.ts';

/**
 * What is known already to come to nothing is refused at once: what would leave within quiet hours that refuse, and what nobody's window is open
 * for. Where quiet hours hold, the message is one for their end. When its time comes, everything is asked again.
 */
export async function checkAtAccept<M extends Unstored>(channel: Channel, message: M, look: Look): Promise<Result<M>> {
  const { organizationId, scheduledAt } = message;
  const asked = scheduledAt ?? Date.now();
  const field = scheduledAt === undefined ? undefined : 'scheduled_at';
  const outside = await outsideQuiet(organizationId, quietLaneOf(message), asked, field);
  if (!outside.ok) return outside;
  if (outside.value !== asked) return ok(scheduledFor(message, outside.value));
  if (scheduledAt !== undefined) return ok(message);
  const { isOpen, lastInboundAt } = await windowFor(channel, message, Date.now(), look);
  if (isOpen) return ok(lastInboundAt === undefined ? message : { ...message, lastInboundAt });
  const problem = await closedWindow(channel, message);
  return problem ? { ok: false, problem } : ok(message);
}

async function closedWindow(channel: Channel, message: Unstored): Promise<Problem | undefined> {
  const account = await findAccount(message.organizationId, message.channelAccountId);
  const policy = await policyFor(message, account);
  if (holdOf(policy) !== undefined) return undefined;
  const standIn = standInOf(policy);
  if (account && standIn && (await channel.capabilities()).template) {
    const checked = await checkTemplate(channel, account, standIn);
    return checked.ok ? undefined : withinPolicy(checked.problem, message);
  }
  const { code, message: words } = await windowError(channel, message);
  return {
    status: 422,
    code,
    message: words,
    hint: `'on_window_closed' says what is sent instead, or "hold" to wait until the customer writes again.`,
  };
}

/** Names the template's field where its policy stands: in the send, or in the settings of the account or the organization. */
function withinPolicy(problem: Problem, { onWindowClosed }: Unstored): Problem {
  const policy = onWindowClosed === undefined ? 'window_policy' : 'on_window_closed';
  const { message, details } = problem;
  return {
    ...problem,
    message: message.replace(/^'template/, `'${policy}.template`),
    ...compact({ details: details && `${policy}.${details}` }),
  };
}
