import * as v from 'valibot';
import { idText, maybe, object } from '../shared/read.ts';

const text = maybe(v.string());

const named = {
  message_template_id: maybe(idText),
  message_template_name: v.string(),
  message_template_language: v.string(),
};
const namedTemplate = object(named);
export type NamedTemplate = v.InferOutput<typeof namedTemplate>;

export const templateStatus = object({
  ...named,
  event: v.string(),
  reason: text,
  message_template_category: text,
  rejection_info: maybe(object({ reason: text })),
  other_info: maybe(object({ description: text })),
});

export const templateQuality = object({ ...named, new_quality_score: v.string() });

export const templateCategory = object({ ...named, new_category: v.string() });

export const templateComponents = object({
  ...named,
  message_template_element: v.string(),
  message_template_title: text,
  message_template_footer: text,
});

export const accountUpdate = object({
  event: v.string(),
  ban_info: maybe(object({ waba_ban_state: text })),
  violation_info: maybe(object({ violation_type: text })),
  restriction_info: maybe(v.array(object({ restriction_type: text }))),
});

export const preference = object({ wa_id: text, user_id: text, category: text, value: text });

export const userId = object({ user_id: object({ previous: v.string(), current: v.string() }) });

/** One of `groups`: what was made has a subject, what was changed has it with whether it was. */
export const group = object({
  group_id: maybe(idText),
  subject: text,
  group_subject: maybe(object({ text, update_successful: maybe(v.boolean()) })),
});
