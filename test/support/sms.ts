import type { Organization, Row, TestCloud } from './cloud.ts';
import { requestsOf } from './phones.ts';
import type { ProviderRequest } from './phones.ts';
import { whenMessage } from './sends.ts';

/** What VictoryLink was asked to send to a number. */
export async function askedFor(cloud: TestCloud, to: string): Promise<ProviderRequest[]> {
  return (await requestsOf(cloud, 'sms')).filter(({ body }) => body['SMSReceiver'] === to.slice(1));
}

/** The message once it is delivered. The report may be quicker than the answer to the send, which says in how many parts it went. */
export function arrived(cloud: TestCloud, organization: Organization, sent: Row): Promise<Row> {
  return whenMessage(
    cloud,
    organization,
    sent,
    (row) => row['status'] === 'DELIVERED' && (detailOf(row) ?? null) !== null,
  );
}

/** What the message's history says beside SENT. */
export function detailOf(row: Row): unknown {
  return (row['status_history'] as Row[]).find((entry) => entry['status'] === 'SENT')?.['detail'];
}
