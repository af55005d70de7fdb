import * as z from 'zod/mini';
import { smsSegments } from '@parley/core/domain/sms-segments.ts';
import type { VictoryLinkAccount } from '../account.ts';
import { header, json, problem, type Answer, type Call } from '../http.ts';
import type { Outcome } from '../provider.ts';
import type { Sms } from './phone.ts';

/** Segments that an account has paid for, unless it is told otherwise. */
const usual = 100_000;

const left = new WeakMap<VictoryLinkAccount, number>();
const setting = z.object({ credit: z.int().check(z.minimum(0)) });

export function creditOf(account: VictoryLinkAccount): number {
  return left.get(account) ?? usual;
}

/** Takes what a text costs; false when there is not so much. */
export function pay(account: VictoryLinkAccount, text: string, receivers: number): boolean {
  const rest = creditOf(account) - smsSegments(text).segments.length * receivers;
  if (rest >= 0) left.set(account, rest);
  return rest >= 0;
}

/** Control: how much credit the account has from now on. */
export function setCredit(account: VictoryLinkAccount, input: unknown): Answer {
  const parsed = setting.safeParse(input);
  if (!parsed.success) return problem(400, 'bad_credit', z.prettifyError(parsed.error));
  left.set(account, parsed.data.credit);
  return json(200, parsed.data);
}

/** `/KannelSending/service.asmx/CheckCredit` by GET or as a form: XML, with the credit or a code in it. */
export function checkCredit(sms: Sms, call: Call): Outcome {
  const isForm = header(call, 'content-type')?.startsWith('application/x-www-form-urlencoded') === true;
  const fields = call.method === 'POST' && isForm ? new URLSearchParams(call.body.toString('utf8')) : call.query;
  const account = [...sms.accounts.values()].find(
    (one): one is VictoryLinkAccount =>
      one.kind === 'victorylink' && one.username === fields.get('UserName') && one.password === fields.get('Password'),
  );
  const value = account ? creditOf(account) : -1;
  const body = `<?xml version="1.0" encoding="utf-8"?>\r\n<int xmlns="http://tempuri.org/">${value}</int>`;
  return { answer: { status: 200, headers: { 'content-type': 'text/xml; charset=utf-8' }, body, shown: body } };
}
