import type { Receipt } from '@parley/core/channels/contract.ts';
import type { Credentials } from '@parley/core/channels/sms/credentials.ts';
import { channel } from '@parley/core/channels/sms/index.ts';
import type { ConnectedAccount } from '@parley/core/domain/channel-account.ts';
import { accountOf } from './cases/cases.ts';
import { cases } from './cases/sms/index.ts';
import { withProvider, type Captured, type Reply } from './provider.ts';

/** The message of every send here. */
export const reference = 'msg_019aab4f-1c2d-7e3f-8a4b-5c6d7e8f9a0b_3f2504e0-4f89-5d0b-9a55-0d9f2f3c7e41';
/** Credentials of an account by Notify. */
export const notify = { kind: 'notify', suit_id: 's', api_key: 'k' };
/** Where reports are to go. */
export const webhookUrl = 'https://api.example.com/functions/v1/sms-webhook/acc_1';

/** Sends a text to a provider that answers so; what came of it, and what it was asked. */
export async function ask(
  reply: Reply,
  {
    attempt = 1,
    credentials = cases.credentials,
    text = 'Hello',
    options,
  }: { attempt?: number; credentials?: unknown; text?: string; options?: Record<string, unknown> } = {},
): Promise<{ receipt: Receipt; asked: Captured | undefined }> {
  return withProvider(reply, async ({ url, requests }) => {
    const account = accountOf({ ...cases, credentials }, url) as ConnectedAccount<Credentials>;
    const body = { type: 'text', text } as const;
    const outgoing = {
      reference: `${reference}.${attempt}`,
      to: cases.to,
      body,
      webhookUrl,
      ...(options && { options }),
    };
    return { receipt: await channel.send(outgoing, account), asked: requests[0] };
  });
}

/** A field of what the provider was asked. */
export function fieldOf(asked: Captured | undefined, name: string): string {
  return String((asked?.body as Record<string, unknown> | undefined)?.[name]);
}
