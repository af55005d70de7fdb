import * as z from 'zod/mini';

const text = z.string().check(z.minLength(1));

/** Into a conversation that a customer opened, or in answer to a comment. */
const to = {
  business_id: text,
  recipient_type: z.optional(z.literal('CONVERSATION')),
  recipient: z.optional(text),
  direct_reply: z.optional(
    z.strictObject({ reply_type: z.literal('COMMENT_REPLY'), comment_reply: z.strictObject({ comment_id: text }) }),
  ),
};

const button = z.strictObject({
  type: z.literal('REPLY'),
  title: text.check(z.maxLength(40)),
  id: z.optional(text.check(z.maxLength(40))),
});

/** Body of `POST /business/message/send/`. */
export const message = z.discriminatedUnion('message_type', [
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
  z.strictObject({
    ...to,
    message_type: z.literal('SENDER_ACTION'),
    sender_action: z.enum(['TYPING', 'MARK_READ']),
  }),
]);

/** What is asked for, and what of it is a message. */
export type Sending = z.infer<typeof message>;
export type Saying = Exclude<Sending, { message_type: 'SENDER_ACTION' }>;
