import type { Template } from '../../domain/body.ts';
import type { ChannelAccount } from '../../domain/channel-account.ts';
import type { ProviderTemplate } from '../../domain/provider-template.ts';
import { misfitOf, wordsOfTemplate } from '../../domain/template-fit.ts';
import { ok, refuse } from '../../domain/problem.ts';
import type { Result } from '../../domain/problem.ts';
import { findTemplate, listTemplates } from '../../store/templates.ts';

type Account = Pick<ChannelAccount, 'organizationId' | 'id'>;

/** The words that the customer reads of a template, as far as they are known; refused is what the provider would refuse. `label`: the channel's name. */
export async function wordsOf(
  label: string,
  account: Account,
  template: Template,
): Promise<Result<string | undefined>> {
  const known = await findTemplate(account, template);
  if (!known) return (await isRead(account)) ? unknownTemplate(template, label) : ok(undefined);
  if (known.status !== 'APPROVED') return notApproved(known);
  const misfit = misfitOf(known, template);
  if (misfit) return unfit(misfit.field, `'${misfit.field}': ${misfit.words}`);
  return ok(wordsOfTemplate(known, template));
}

/** Webhooks tell of a template's status only: one with words has been read from the provider's list. */
async function isRead({ organizationId, id }: Account): Promise<boolean> {
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
