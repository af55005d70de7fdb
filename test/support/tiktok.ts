import { accountOf, rows } from './cloud.ts';
import type { Organization, Row, TestCloud } from './cloud.ts';
import { conversationWith } from './conversations.ts';
import { customer, thread } from './phones.ts';
import type { Phone } from './phones.ts';
import { sendText } from './sends.ts';

let address = 6_800_000_000_000_100_000n;

/** What happens on an organization's TikTok account. */
export function onTikTok(cloud: TestCloud, organization: Organization) {
  const account = accountOf(organization, 'tiktok');
  const messagesOf = ({ id }: Row): Promise<Row[]> => rows(cloud, organization, `messages?conversation_id=eq.${id}`);
  return {
    account,
    /** Somebody who has written, so that they may be answered. */
    newCustomer: (): Promise<Phone> => customer(cloud, account, nextAddress()),
    conversationOf: (phone: Phone): Promise<Row> => conversationWith(cloud, organization, phone),
    messagesOf,
    textsOn: async (phone: Phone): Promise<(string | null)[]> =>
      (await thread(cloud, account, phone)).map(({ text }) => text),
    send: (request: object): Promise<Row> => sendText(cloud, organization, { channel: 'tiktok', ...request }),
  };
}

/** The open id of somebody outside of Europe. */
export function nextAddress(): string {
  address += 1n;
  return String(address);
}
