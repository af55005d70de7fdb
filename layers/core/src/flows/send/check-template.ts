import type { Channel } from '../../channels/contract.ts';
import type { Body } from '../../domain/body.ts';
import type { ChannelAccount } from '../../domain/channel-account.ts';
import { ok, refuse } from '../../domain/problem.ts';
import type { Problem, Result } from '../../domain/problem.ts';
import type { WindowPolicy } from '../../domain/send-window.ts';
import type { SendError } from '../../domain/status.ts';

/**
 * A template message with the words that the customer will read, unless it has others. Refused is what the provider would refuse, by what was last
 * heard of its templates: unknown, not approved, or filled in wrongly. Of an account whose templates were never read nothing is known.
 */
export async function checkTemplate(
  channel: Pick<Channel, 'manifest' | 'templates'>,
  account: Pick<ChannelAccount, 'organizationId' | 'id'>,
  body: Body,
): Promise<Result<Body>> {
  if (body.type !== 'template' || !channel.templates) return ok(body);
  // what knows of templates is loaded for the first message that is one
  const { wordsOf } = await import('./known-template.ts');
  const words = await wordsOf(channel.manifest.label, account, body.template);
  if (!words.ok) return words;
  const text = body.text ?? words.value;
  return ok(text === undefined ? body : { ...body, text });
}

/** Where a window closes and there are no templates, none can go instead. */
export async function checkStandIn(
  { manifest, capabilities }: Pick<Channel, 'manifest' | 'capabilities'>,
  policy: WindowPolicy | undefined,
): Promise<Result<undefined>> {
  if (typeof policy !== 'object' || !('template' in policy)) return ok(undefined);
  const { window, template } = await capabilities();
  if (!window || template) return ok(undefined);
  return refuse(422, 'unsupported_field', `'on_window_closed.template': ${manifest.label} has no templates`, {
    details: 'on_window_closed.template',
    hint: '"hold" waits until the customer writes again.',
  });
}

/** The same as why the message failed, when its time comes and the template is not what it was. */
export function templateError({ code, message, hint }: Problem): SendError {
  return {
    code,
    class: 'template_problem',
    message: hint === undefined ? `Not sent: ${message}.` : `Not sent: ${message}. ${hint}`,
    permanent: true,
  };
}
