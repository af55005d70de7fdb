import * as z from 'zod/mini';
import type { TiktokAccount } from '../account.ts';
import type { Json } from '../json.ts';
import { keptUrl } from '../media.ts';
import type { PhoneBody } from '../phone-body.ts';
import type { Phone, PhoneMessage } from '../phones.ts';
import type { Outcome } from '../provider.ts';
import { deliver, type Tiktok } from './deliver.ts';
import { isRefusal, ok, refuse, refused, type Refusal } from './envelope.ts';
import { conversationIdOf } from './webhooks.ts';

const text = z.string().check(z.minLength(1));
const to = { business_id: text, recipient_type: z.literal('CONVERSATION'), recipient: text };
const button = z.strictObject({
  type: z.literal('REPLY'),
  title: text.check(z.maxLength(40)),
  id: z.optional(text.check(z.maxLength(40))),
});

const message = z.discriminatedUnion('message_type', [
  z.strictObject({
    ...to,
    message_type: z.literal('TEXT'),
    text: z.strictObject({ body: text.check(z.maxLength(6000)) }),
    referenced_message_info: z.optional(z.strictObject({ referenced_message_id: text })),
  }),
  z.strictObject({ ...to, message_type: z.literal('IMAGE'), image: z.strictObject({ media_id: text }) }),
  z.strictObject({
    ...to,
    message_type: z.literal('SHARE_POST'),
    share_post: z.strictObject({ item_id: z.string().check(z.regex(/^\d+$/)) }),
  }),
  z.strictObject({
    ...to,
    message_type: z.literal('TEMPLATE'),
    template: z.strictObject({
      type: z.enum(['QA_BUTTON_CARD', 'QA_LINK_CARD']),
      title: text.check(z.maxLength(40)),
      buttons: z.array(button).check(z.minLength(1), z.maxLength(3)),
    }),
  }),
]);
type Message = z.infer<typeof message>;

/** `POST /business/message/send/` */
export function send(world: Tiktok, account: TiktokAccount, input: unknown, base: string): Outcome {
  const parsed = message.safeParse(input);
  if (!parsed.success) return { answer: refused(refuse(40002, z.prettifyError(parsed.error))) };
  const { data } = parsed;
  const phone = world.phones.list().find((one) => conversationIdOf(account, one) === data.recipient);
  const thread = phone ? world.phones.thread(phone, account.external_id) : [];
  const problem = closed(account, phone, thread, world.now()) ?? unquotable(data, thread) ?? unfit(data);
  if (!phone || problem) return { answer: refused(problem ?? refuse(40007, 'The conversation does not exist.')) };
  const content = contentOf(world, account, data, base);
  if (isRefusal(content)) return { answer: refused(content) };
  const replyTo = data.message_type === 'TEXT' ? data.referenced_message_info?.referenced_message_id : undefined;
  const sent = deliver(world, account, { phone, ...content, source: 'API', replyTo });
  return { answer: ok({ message: { message_id: sent.message.id } }), after: sent.after };
}

const windowMs = 48 * 3_600_000;
const mostInWindow = 10;

/** A conversation begins with the customer, who opens a window of 48 hours for 10 messages with each message. */
function closed(
  account: TiktokAccount,
  phone: Phone | undefined,
  thread: readonly PhoneMessage[],
  now: number,
): Refusal | undefined {
  const last = thread.findLastIndex(({ from }) => from === 'customer');
  const opening = thread[last];
  if (!phone || !opening) return refuse(40007, 'The conversation does not exist.');
  if (phone.blocked.includes(account.external_id)) return refuse(40064, 'The user has blocked the business account.');
  if (Date.parse(opening.at) + windowMs <= now) return refuse(40064, 'The 48-hour messaging window is closed.');
  if (thread.length - last > mostInWindow) return refuse(40064, 'You have sent 10 messages in the 48-hour window.');
  return undefined;
}

function unquotable(data: Message, thread: readonly PhoneMessage[]): Refusal | undefined {
  const quoted = data.message_type === 'TEXT' ? data.referenced_message_info?.referenced_message_id : undefined;
  if (quoted === undefined || thread.some(({ id }) => id === quoted)) return undefined;
  return refuse(40002, 'Param referenced_message_id is invalid.');
}

function unfit(data: Message): Refusal | undefined {
  if (data.message_type !== 'TEMPLATE' || data.template.type === 'QA_LINK_CARD') return undefined;
  const long = data.template.buttons.some(({ title }) => title.length > 20);
  return long ? refuse(40002, 'The title of a button of QA_BUTTON_CARD has at most 20 characters.') : undefined;
}

/** As a phone shows it, and as the echo has it, where the names of types are in lower case and a button's label is `text`. */
function contentOf(
  world: Tiktok,
  account: TiktokAccount,
  data: Message,
  base: string,
): { body: PhoneBody; block: Json } | Refusal {
  switch (data.message_type) {
    case 'TEXT':
      return { body: { type: 'text', text: data.text.body }, block: { type: 'text', text: data.text } };
    case 'IMAGE': {
      const kept = world.media.get(data.image.media_id);
      if (kept?.account !== account.external_id) return refuse(40002, 'Param media_id is invalid.');
      return { body: { type: 'image', url: keptUrl(base, kept.id) }, block: { type: 'image', image: data.image } };
    }
    case 'SHARE_POST': {
      const embed_url = `https://www.tiktok.com/player/v1/${data.share_post.item_id}`;
      const share_post = { embed_url, video_id: data.share_post.item_id };
      return { body: { type: 'text', text: embed_url }, block: { type: 'share_post', share_post } };
    }
    case 'TEMPLATE': {
      const { type, title, buttons } = data.template;
      const choices = buttons.map((one) => ({ id: one.id ?? one.title, title: one.title }));
      const labels = choices.map((one) => ({ text: one.title, type: 'REPLY', id: one.id }));
      const template = { type: type.toLowerCase(), elements: [{ title, buttons: labels }] };
      return { body: { type: 'interactive', text: title, choices, links: [] }, block: { type: 'template', template } };
    }
  }
}
