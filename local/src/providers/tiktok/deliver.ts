import type { TiktokAccount } from '../account.ts';
import type { Json } from '../../json.ts';
import { present } from '../json.ts';
import type { PhoneBody } from '../phone-body.ts';
import { newMessage, type Phone, type PhoneMessage } from '../phones.ts';
import { advance } from '../receipts.ts';
import { seen } from './phone.ts';
import { keep, newId, partiesOf } from './webhooks.ts';
import type { Tiktok } from './world.ts';

/** What the business says: as a phone shows it, and as the webhook's block. */
interface Saying {
  phone: Phone;
  body: PhoneBody;
  block: Json;
  source: 'API' | 'APP';
  replyTo?: string | undefined;
  /** the file or the post it brings, by the provider's id */
  media?: string | undefined;
  post?: string | undefined;
}

/** The message is on the phone at once; the echo follows, and may be there before the answer, or come when the process ended before it. */
export function deliver(
  world: Tiktok,
  account: TiktokAccount,
  { phone, body, block, source, replyTo, media, post }: Saying,
): { message: PhoneMessage; after: () => Promise<void> } {
  const at = world.now();
  const message = newMessage({ id: newId(), from: 'business', body, at, replyTo, note: present({ media, post }) });
  const content = {
    ...partiesOf(account, phone, 'business', at),
    message_id: message.id,
    scene_type: 0,
    message_tag: { source },
    ...(replyTo && { referenced_message_info: { referenced_message_id: replyTo } }),
    ...block,
  };
  const echo = world.together(() => {
    world.phones.append(phone, account.external_id, message);
    return keep(world, account, 'im_send_msg', content, at);
  });
  const after = async (): Promise<void> => {
    await echo();
    advance(world.phones, phone, account.external_id, message.id, 'delivered');
    if (phone.open === account.external_id) await seen(world, account, phone, message);
  };
  return { message, after };
}
