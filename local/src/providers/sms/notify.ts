import * as z from 'zod/mini';
import type { SmsNotifyAccount } from '../account.ts';
import { header, json, type Call } from '../http.ts';
import { parseJson } from '../../json.ts';
import type { Outcome } from '../provider.ts';
import { badKey, failed } from '../notify-answers.ts';
import { deliver, type Sms } from './phone.ts';

const text = z.string().check(z.minLength(1));

/** What Appgain's examples show of `SMS`. */
const body = z.strictObject({
  SMS: z.strictObject({
    message: text.check(z.maxLength(1600)),
    receivers: z.optional(
      z.array(
        z.strictObject({
          userID: text,
          mobileNum: z.string().check(z.regex(/^00[1-9]\d{6,14}$/, 'must be 00 and the number')),
        }),
      ),
    ),
    users_id: z.optional(z.string()),
    target_list_name: z.optional(z.string()),
    template_name: z.optional(z.string()),
  }),
});

/** `POST /{suitId}/send`. Without an audience a message goes to every user of the project. */
export function callNotify(sms: Sms, call: Call, suit: string): Outcome {
  if (call.method !== 'POST') return { answer: failed(405, 'method not allowed') };
  const account = [...sms.accounts.values()].find(
    (one): one is SmsNotifyAccount => one.kind === 'notify' && one.suit_id === suit,
  );
  if (!account || header(call, 'appapikey') !== account.api_key) return { answer: badKey() };
  const parsed = body.safeParse(parseJson(call.body.toString('utf8')));
  if (!parsed.success) return { answer: failed(400, z.prettifyError(parsed.error)) };
  const { message, receivers = [], users_id, target_list_name } = parsed.data.SMS;
  const isBroadcast = receivers.length === 0 && users_id === undefined && target_list_name === undefined;
  const numbers = isBroadcast
    ? sms.phones.list().map(({ address }) => address)
    : receivers.map(({ mobileNum }) => `+${mobileNum.slice(2)}`);
  const sent = numbers.map((number) => deliver(sms, account, { number, text: message }));
  return {
    answer: json(200, { status: 'success', message: 'sent' }),
    ...(isBroadcast && { warning: 'sent to everyone' }),
    after: async () => void (await Promise.all(sent.map((follow) => follow()))),
  };
}
