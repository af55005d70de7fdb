import { randomUUID } from 'node:crypto';
import { smsSegments } from '@parley/core/domain/sms-segments.ts';
import type { ProviderAccount, SmsAccount } from '../account.ts';
import { textAt } from '../json.ts';
import { newMessage, type Phone, type PhoneMessage } from '../phones.ts';
import type { Act, Written } from '../provider.ts';
import { advance } from '../receipts.ts';
import type { World } from '../world.ts';
import { reportHook, type Report } from './reports.ts';

export type Sms = World<SmsAccount>;

interface Sending {
  /** E.164 */
  number: string;
  text: string;
  report?: Report | undefined;
}

/** The text is on the phone at once, as the parts it came in; what is returned tells the sender. */
export function deliver(sms: Sms, account: SmsAccount, { number, text, report: wanted }: Sending): () => Promise<void> {
  const phone = phoneAt(sms, number);
  const isBlocked = phone?.blocked.includes(account.external_id) ?? false;
  if (!phone || isBlocked) return () => tell(sms, account, wanted, isBlocked ? 'REJECTD' : 'UNDELIV');
  const { encoding, segments } = smsSegments(text);
  const message = {
    ...newMessage({ id: randomUUID(), from: 'business', body: { type: 'text', text }, at: sms.now() }),
    sms: { encoding, segments },
    ...(wanted && { note: { url: wanted.url, id: wanted.id } }),
  };
  sms.phones.append(phone, account.external_id, message);
  return () => report(sms, account, phone, message);
}

/** The phone has the message. Nobody learns whether it was read. */
export async function report(
  sms: Sms,
  { external_id }: ProviderAccount,
  phone: Phone,
  { id, note = {} }: PhoneMessage,
): Promise<void> {
  const account = sms.accounts.get(external_id);
  const [url, smsId] = [textAt(note, 'url'), textAt(note, 'id')];
  const wanted = url === undefined || smsId === undefined ? undefined : { url, id: smsId };
  await sms.receipts.report(async () => {
    if (advance(sms.phones, phone, external_id, id, 'delivered') && account && wanted)
      await sms.deliveries.send(reportHook(account, wanted, 'DELIVRD'));
  });
}

/** Texts go one way; a customer can only stop them. */
export function act(sms: Sms, { account, phone, body }: Act): Written {
  if (body.type !== 'block' && body.type !== 'unblock') return { ok: false, reason: 'nobody can answer this SMS' };
  const others = phone.blocked.filter((blocked) => blocked !== account.external_id);
  sms.phones.change(phone, { blocked: body.type === 'block' ? [...others, account.external_id] : others });
  return { ok: true };
}

/** Every number has a phone, but for landlines, which end in 0000. */
function phoneAt(sms: Sms, number: string): Phone | undefined {
  return (
    sms.phones.at(number) ?? (number.endsWith('0000') ? undefined : sms.phones.add({ name: number, address: number }))
  );
}

async function tell(
  sms: Sms,
  account: SmsAccount,
  wanted: Report | undefined,
  state: 'UNDELIV' | 'REJECTD',
): Promise<void> {
  if (!wanted) return;
  await sms.receipts.report(async () => void (await sms.deliveries.send(reportHook(account, wanted, state))));
}
