import * as z from 'zod/mini';
import type { TiktokAccount } from '../account.ts';
import { json, problem, type Answer } from '../http.ts';
import type { Json } from '../../json.ts';
import { keptUrl, samples } from '../media.ts';
import type { PhoneBody } from '../phone-body.ts';
import { publicMessage } from '../phones.ts';
import { deliver } from './deliver.ts';
import type { Tiktok } from './world.ts';

const typed = z.object({
  to: z.string().check(z.minLength(1)),
  /** without a text it is a small sample picture */
  text: z.optional(z.string().check(z.minLength(1))),
});

/** Somebody at the business writes in TikTok's app, beside the product. */
export async function typeInApp(world: Tiktok, account: TiktokAccount, input: unknown): Promise<Answer> {
  const parsed = typed.safeParse(input);
  if (!parsed.success) return problem(400, 'bad_message', z.prettifyError(parsed.error));
  const { to, text } = parsed.data;
  const phone = world.phones.at(to);
  if (!phone) return problem(404, 'unknown_phone', `no user ${to}`);
  const said = text === undefined ? picture(world, account) : words(text);
  const sent = deliver(world, account, { phone, ...said, source: 'APP' });
  await sent.after();
  return json(201, publicMessage(sent.message));
}

function words(text: string): { body: PhoneBody; block: Json } {
  return { body: { type: 'text', text }, block: { type: 'text', text: { body: text } } };
}

function picture(world: Tiktok, account: TiktokAccount): { body: PhoneBody; block: Json; media: string } {
  const { id } = world.media.put({ ...samples.image, account: account.external_id });
  const url = keptUrl('http://127.0.0.1/providers/tiktok', id);
  return { body: { type: 'image', url }, block: { type: 'image', image: { media_id: id } }, media: id };
}
