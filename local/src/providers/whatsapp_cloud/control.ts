import * as z from 'zod/mini';
import type { WhatsappCloudAccount } from '../account.ts';
import type { Deliver } from '../deliveries.ts';
import { json, problem, type Answer } from '../http.ts';
import { newMessage, type Phone } from '../phones.ts';
import { tell, hookOf, type Cloud } from './cloud.ts';
import { bsuid, digitsOf, wamid } from './ids.ts';
import { sentOf } from './phone.ts';
import { categories, statuses, type Template } from './templates.ts';
import { contactOf, echoHook, numberHook, seconds, statusHook, verifyCallback } from './webhooks.ts';

interface Told {
  body: unknown;
  deliver: Deliver;
}

type Act = (cloud: Cloud, account: WhatsappCloudAccount, told: Told) => Promise<Answer>;

const above = z.number().check(z.positive());

/** What Meta, the customer or the business does that no phone's thread shows; each tells the webhook. */
const acts: Record<string, Act> = {
  verify: async (_, account, { deliver }) => json(200, { verified: await verifyCallback(account, deliver) }),
  template: given(
    z.object({
      name: z.string(),
      language: z.string(),
      event: z.optional(z.enum(statuses)),
      quality: z.optional(z.enum(['GREEN', 'YELLOW', 'RED'])),
      category: z.optional(z.enum(categories)),
      reason: z.optional(z.string()),
    }),
    changeTemplate,
  ),
  preference: given(z.object({ phone: z.string(), value: z.enum(['stop', 'resume']) }), prefer),
  number: given(z.object({ phone: z.string(), address: z.string() }), changeNumber),
  play: given(z.object({ phone: z.string(), message_id: z.string() }), play),
  echo: given(z.object({ phone: z.string(), text: z.string() }), writeFromApp),
  rate: given(
    z.object({ per_second: above, burst: z.optional(above) }),
    async (cloud, account, { per_second, burst }) => {
      cloud.rates.change(account.external_id, per_second, burst);
      return json(200, { per_second });
    },
  ),
  token: given(z.object({ valid: z.boolean() }), async (cloud, account, { valid }) => {
    cloud.standing.revoke(account.access_token, !valid);
    return json(200, { valid });
  }),
  /** the number is on the phone's app too */
  app: async ({ standing }, account) => {
    standing.putOnApp(account.external_id);
    return json(200, {});
  },
  /** a webhook of any field of the business account */
  news: given(z.object({ field: z.string(), value: z.record(z.string(), z.unknown()) }), (cloud, account, news) =>
    answerOf(tell(cloud, hookOf(cloud, account, news.field, news.value))),
  ),
};

/** `POST /accounts/{external_id}/{verb}`; undefined when there is no such verb. */
export async function control(
  cloud: Cloud,
  account: WhatsappCloudAccount,
  verb: string,
  told: Told,
): Promise<Answer | undefined> {
  return Object.hasOwn(acts, verb) ? acts[verb]?.(cloud, account, told) : undefined;
}

function given<const T extends z.ZodMiniType>(
  schema: T,
  act: (cloud: Cloud, account: WhatsappCloudAccount, wanted: z.output<T>) => Promise<Answer>,
): Act {
  return async (cloud, account, { body }) => {
    const parsed = schema.safeParse(body);
    return parsed.success
      ? act(cloud, account, parsed.data)
      : problem(400, 'bad_request', z.prettifyError(parsed.error));
  };
}

async function answerOf(status: Promise<number | null>): Promise<Answer> {
  return json(200, { webhook_status: await status });
}

interface TemplateChange {
  name: string;
  language: string;
  event?: Template['status'] | undefined;
  quality?: string | undefined;
  category?: Template['category'] | undefined;
  reason?: string | undefined;
}

/** Meta decides on a template, rates it, or finds it in the wrong category. */
async function changeTemplate(cloud: Cloud, account: WhatsappCloudAccount, change: TemplateChange): Promise<Answer> {
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
  const told = (field: string, value: object): Promise<number | null> =>
    tell(cloud, hookOf(cloud, account, field, { ...named, ...value }));
  if (quality)
    return answerOf(
      told('message_template_quality_update', {
        previous_quality_score: known.quality_score?.score ?? 'UNKNOWN',
        new_quality_score: quality,
      }),
    );
  if (category)
    return answerOf(told('template_category_update', { previous_category: known.category, new_category: category }));
  return answerOf(told('message_template_status_update', { event, reason, message_template_category: known.category }));
}

/** The customer wants no more marketing, or wants it again. */
async function prefer(
  cloud: Cloud,
  account: WhatsappCloudAccount,
  { phone: id, value }: { phone: string; value: 'stop' | 'resume' },
): Promise<Answer> {
  const phone = cloud.phones.get(id);
  if (!phone) return noPhone(id);
  cloud.standing.optOut(account.waba_id, phone.id, value === 'stop');
  const preference = {
    wa_id: digitsOf(phone.address),
    user_id: bsuid(account.waba_id, phone.address),
    detail: `User requested to ${value} marketing messages`,
    category: 'marketing_messages',
    value,
    timestamp: Math.floor(cloud.now() / 1000),
  };
  const news = { contacts: [contactOf(account, phone)], user_preferences: [preference] };
  return answerOf(tell(cloud, numberHook(cloud, account, 'user_preferences', news)));
}

/** The customer takes another number: the phone stays, and every business they wrote to is told. */
async function changeNumber(
  cloud: Cloud,
  account: WhatsappCloudAccount,
  { phone: id, address }: { phone: string; address: string },
): Promise<Answer> {
  const phone = cloud.phones.get(id);
  if (!phone) return noPhone(id);
  const [before, after] = [digitsOf(phone.address), digitsOf(address)];
  const message = {
    from: before,
    id: wamid('in', phone.address),
    timestamp: seconds(cloud.now()),
    type: 'system',
    system: {
      body: `User ${phone.name} changed from ${before} to ${after}`,
      wa_id: after,
      type: 'user_changed_number',
      user_id: bsuid(account.waba_id, address),
    },
  };
  const hook = numberHook(cloud, account, 'messages', { messages: [message] });
  cloud.phones.change(phone, { address });
  return answerOf(tell(cloud, hook));
}

/** The customer listens to a voice note. */
async function play(
  cloud: Cloud,
  account: WhatsappCloudAccount,
  { phone: id, message_id }: { phone: string; message_id: string },
): Promise<Answer> {
  const phone = cloud.phones.get(id);
  const message = phone && cloud.phones.thread(phone, account.external_id).find((one) => one.id === message_id);
  if (!phone || message?.from !== 'business' || message.body.type !== 'audio')
    return problem(400, 'bad_request', 'that is no voice note of the business');
  return answerOf(tell(cloud, statusHook(cloud, account, sentOf(phone, message), { status: 'played' })));
}

/** The business writes in its phone's app. */
async function writeFromApp(
  cloud: Cloud,
  account: WhatsappCloudAccount,
  { phone: id, text }: { phone: string; text: string },
): Promise<Answer> {
  const phone = cloud.phones.get(id);
  if (!phone) return noPhone(id);
  const body = { type: 'text', text } as const;
  const shown = newMessage({ id: wamid('out', phone.address), from: 'business', body, at: cloud.now() });
  cloud.phones.append(phone, account.external_id, shown);
  return answerOf(tell(cloud, echoHook(cloud, account, phone, echoOf(cloud, account, phone, shown.id, text))));
}

function echoOf(cloud: Cloud, account: WhatsappCloudAccount, phone: Phone, id: string, text: string) {
  return {
    from: digitsOf(account.display_phone_number),
    to: digitsOf(phone.address),
    to_user_id: bsuid(account.waba_id, phone.address),
    id,
    timestamp: seconds(cloud.now()),
    text: { body: text },
    type: 'text',
  };
}

function noPhone(id: string): Answer {
  return problem(404, 'unknown_phone', `no phone ${id}`);
}
