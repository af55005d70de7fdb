import * as z from 'zod/mini';
import type { WhatsappCloudAccount } from '../account.ts';
import type { Deliver } from '../deliveries.ts';
import { json, problem, type Answer } from '../http.ts';
import { verifyCallback } from '../meta/verify-callback.ts';
import { announce } from './announce.ts';
import { hookOf, type Cloud } from './cloud.ts';
import { changeNumber, play, prefer, writeFromApp } from './off-thread.ts';
import { changeTemplate } from './template-change.ts';
import { categories, statuses } from './templates.ts';

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
    announce(cloud, hookOf(cloud, account, news.field, news.value)),
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
