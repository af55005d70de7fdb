import type { FileBytes, Receipt } from '@parley/core/channels/contract.ts';
import { channel } from '@parley/core/channels/telegram/index.ts';
import type { Body } from '@parley/core/domain/body.ts';
import type { ConnectedAccount } from '@parley/core/domain/channel-account.ts';
import { accountOf, REFERENCE } from './cases/cases.ts';
import { cases } from './cases/telegram/index.ts';
import { withProvider, type Captured, type Reply } from './provider.ts';

export type Account = ConnectedAccount<{ bot_token: string; secret_token: string }>;

export function withTelegram<T>(
  reply: Parameters<typeof withProvider>[0],
  use: (account: Account, asked: Captured[]) => Promise<T>,
): Promise<T> {
  return withProvider(reply, ({ url, requests }) => use(accountOf(cases, url) as Account, requests));
}

/** Sends once; the provider answers in turn. */
export async function sendAnswered(
  replies: Reply[],
  body: Body,
  file?: FileBytes,
): Promise<{ receipt: Receipt; asked: Captured[] }> {
  const answer = () => replies.shift() ?? 'drop';
  return withTelegram(answer, async (account, asked) => {
    const readFile = file && (() => Promise.resolve(file));
    const receipt = await channel.send(
      { reference: REFERENCE, to: cases.to, body, ...(readFile && { readFile }) },
      account,
    );
    return { receipt, asked };
  });
}

export function taken(id = 5000000001): Reply {
  return { status: 200, json: { ok: true, result: { message_id: 9, chat: { id } } } };
}

export function refusal(error_code: number, description: string, parameters?: object): Reply {
  return { status: error_code, json: { ok: false, error_code, description, ...(parameters && { parameters }) } };
}
