import type { WhatsappCloudAccount } from '../account.ts';
import { problem, type Answer } from '../http.ts';
import { announce } from './announce.ts';
import { hookOf, type Cloud } from './cloud.ts';
import type { Template } from './templates.ts';

/** What becomes of a template; one of event, quality and category is given. */
interface TemplateChange {
  name: string;
  language: string;
  event?: Template['status'] | undefined;
  quality?: string | undefined;
  category?: Template['category'] | undefined;
  reason?: string | undefined;
}

/** Meta decides on a template, rates it, or finds it in the wrong category. */
export async function changeTemplate(
  cloud: Cloud,
  account: WhatsappCloudAccount,
  change: TemplateChange,
): Promise<Answer> {
  const { name, language, event, quality, category, reason = 'NONE' } = change;
  const known = cloud.templates.of(account.waba_id)(name, language);
  if (!known) return problem(404, 'unknown_template', `no template ${name} in ${language}`);
  cloud.templates.put(account.waba_id, {
    ...known,
    ...(event && { status: event, rejected_reason: event === 'REJECTED' ? reason : 'NONE' }),
    ...(quality && { quality_score: { score: quality } }),
    ...(category && { category }),
  });
  const named = {
    message_template_id: Number(known.id),
    message_template_name: name,
    message_template_language: language,
  };
  const told = (field: string, value: object): Promise<Answer> =>
    announce(cloud, hookOf(cloud, account, field, { ...named, ...value }));
  if (quality)
    return told('message_template_quality_update', {
      previous_quality_score: known.quality_score?.score ?? 'UNKNOWN',
      new_quality_score: quality,
    });
  if (category) return told('template_category_update', { previous_category: known.category, new_category: category });
  return told('message_template_status_update', { event, reason, message_template_category: known.category });
}
