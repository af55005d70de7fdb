import type { Channel } from '../../channels/contract.ts';
import type { Body, Template } from '../../domain/body.ts';
import type { ChannelAccount } from '../../domain/channel-account.ts';
import type { ProviderTemplate } from '../../domain/provider-template.ts';
import { misfitOf, wordsOfTemplate } from '../../domain/template-fit.ts';
import { ok, refuse } from '../../domain/problem.ts';
import type { Problem, Result } from '../../domain/problem.ts';
import type { SendError } from '../../domain/status.ts';
import { findTemplate, listTemplates } from '../../store/templates.ts';

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
  const known = await findTemplate(account, body.template);
  if (!known) return (await isRead(account)) ? unknownTemplate(body.template, channel.manifest.label) : ok(body);
  if (known.status !== 'APPROVED') return notApproved(known);
  const misfit = misfitOf(known, body.template);
  if (misfit) return unfit(misfit.field, `'${misfit.field}': ${misfit.words}`);
  const text = body.text ?? wordsOfTemplate(known, body.template);
  return ok(text === undefined ? body : { ...body, text });
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

/** Webhooks tell of a template's status only: one with words has been read from the provider's list. */
async function isRead({ organizationId, id }: Pick<ChannelAccount, 'organizationId' | 'id'>): Promise<boolean> {
  for await (const template of listTemplates(organizationId, id)) if (template.body !== undefined) return true;
  return false;
}

function unknownTemplate({ name, language }: Template, label: string) {
  return refuse(422, 'template_missing', `'template': ${label} has no template '${name}' in '${language}'`, {
    details: 'template',
    hint: 'If it was made a moment ago, sync_templates reads it.',
  });
}

function notApproved({ name, language, status, reason }: ProviderTemplate) {
  const why = reason === undefined ? '' : ` (${reason})`;
  const words = `'template': '${name}' in '${language}' is ${status}${why}; only an APPROVED one can be sent`;
  return refuse(422, 'template_not_approved', words, { details: 'template' });
}

function unfit(field: string, message: string) {
  return refuse(422, 'template_values', message, { details: field });
}
