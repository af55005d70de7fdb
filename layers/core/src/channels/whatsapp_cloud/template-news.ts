import type { ProviderTemplate } from '../../domain/provider-template.ts';
import type { InboundEvent } from '../contract.ts';
import { compact, readAs, type Reading } from '../shared/read.ts';
import * as wire from './news-wire.ts';
import { statusOfTemplate } from './template-status.ts';

/** What Meta decided of a template. */
export function templateStatus(value: unknown): Reading {
  const news = readAs(wire.templateStatus, value);
  if (!news) return 'template status that names no template';
  const { event, message_template_category: category, reason, rejection_info, other_info } = news;
  const status = statusOfTemplate(event);
  const why = [reason === 'NONE' ? undefined : reason, rejection_info?.reason, other_info?.description];
  const words = [status === undefined ? event : undefined, ...why].filter((each) => each !== undefined).join(': ');
  return template(news, { status, category, reason: words || undefined });
}

/** How customers like a template. */
export function templateQuality(value: unknown): Reading {
  const news = readAs(wire.templateQuality, value);
  return news ? template(news, { quality: news.new_quality_score }) : 'template quality that names no template';
}

/** An announcement of a change still to come has `correct_category` beside the category that holds until then. */
export function templateCategory(value: unknown): Reading {
  const news = readAs(wire.templateCategory, value);
  return news ? template(news, { category: news.new_category }) : 'template category that names no template';
}

/** A template that was edited. Of its buttons only those that lead away are told, so that their places are not known: the list is read anew. */
export function templateComponents(value: unknown): Reading {
  const news = readAs(wire.templateComponents, value);
  if (!news) return 'template components that name no template';
  const { message_template_title: title, message_template_element: body, message_template_footer: footer } = news;
  const header = title ? { format: 'TEXT' as const, text: title } : undefined;
  return { ...template(news, { header, body, footer: footer || undefined }), stale: true };
}

function template(
  { message_template_name: name, message_template_language: language, message_template_id: id }: wire.NamedTemplate,
  news: { [member in keyof ProviderTemplate]?: ProviderTemplate[member] | undefined },
): Extract<InboundEvent, { kind: 'template' }> {
  return { kind: 'template', template: { name, language, ...compact({ id, ...news }) } };
}
