import { isGsm } from '@parley/core/domain/sms-segments.ts';
import type { VictoryLinkAccount } from '../account.ts';
import { json, type Call } from '../http.ts';
import { isRecord, parseJson, type Json } from '../../json.ts';
import { textAt } from '../json.ts';
import { isHttpUrl } from '../media.ts';
import type { Outcome } from '../provider.ts';
import { pay } from './credit.ts';
import { deliver, type Sms } from './phone.ts';

const folder = 'NewSendingAPI/api/SMSSender';
const longestSender = 12;

/** What each method of the JSON service wants. */
const methods: Record<string, readonly string[]> = {
  SendSMS: ['SMSID'],
  SendSMSWithDLR: ['SMSID', 'DLRURL'],
};

/** `POST …/SMSSender/{method}`. Every answer is HTTP 200 with a number; 0 is success. */
export function callVictoryLink(sms: Sms, call: Call, parts: string[]): Outcome {
  const wanted = methods[parts.at(-1) ?? ''];
  if (parts.slice(0, -1).join('/') !== folder || !wanted)
    return { answer: json(404, { Message: 'No HTTP resource was found' }) };
  if (call.method !== 'POST')
    return { answer: json(405, { Message: 'The requested resource does not support this method' }) };
  const body = parseJson(call.body.toString('utf8'));
  if (!isRecord(body)) return { answer: json(200, -100), warning: 'the body is no JSON object' };
  return send(sms, body, wanted);
}

function send(sms: Sms, body: Json, wanted: readonly string[]): Outcome {
  const account = accountOf(sms, body);
  const text = textAt(body, 'SMSText') ?? '';
  const code = account ? problemOf(account, body, text) : -1;
  if (!account || code !== 0) return { answer: json(200, code) };
  const missing = wanted.find((name) => !textAt(body, name));
  const dlr = textAt(body, 'DLRURL');
  if (missing || (dlr !== undefined && !isHttpUrl(dlr)))
    return { answer: json(200, -100), warning: `${missing ?? 'DLRURL'} is missing or wrong` };
  const numbers = (textAt(body, 'SMSReceiver') ?? '').split(',').map(international);
  if (numbers.some((number) => number === undefined))
    return { answer: json(200, -100), warning: 'SMSReceiver is no number' };
  if (!pay(account, text, numbers.length)) return { answer: json(200, -5) };
  const report = dlr === undefined ? undefined : { url: dlr, id: textAt(body, 'SMSID') ?? '' };
  const sent = numbers.map((number) => deliver(sms, account, { number: number ?? '', text, report }));
  return { answer: json(200, 0), after: async () => void (await Promise.all(sent.map((follow) => follow()))) };
}

function accountOf(sms: Sms, body: Json): VictoryLinkAccount | undefined {
  return [...sms.accounts.values()].find(
    (one): one is VictoryLinkAccount =>
      one.kind === 'victorylink' && one.username === body['UserName'] && one.password === body['Password'],
  );
}

/** 0, or the code of the first thing that is wrong. */
function problemOf(account: VictoryLinkAccount, body: Json, text: string): number {
  if (text.trim() === '') return -12;
  const language = String(body['SMSLang']).toUpperCase();
  if (!['E', 'A'].includes(language) || (language === 'E' && !isGsm(text))) return -11;
  const sender = textAt(body, 'SMSSender') ?? '';
  return sender.length > longestSender || sender !== account.sender ? -13 : 0;
}

/** `2010…` with its country, or an Egyptian number as written at home. */
function international(number: string): string | undefined {
  const home = /^01\d{9}$/.test(number) ? `2${number}` : number;
  return /^[1-9]\d{9,14}$/.test(home) ? `+${home}` : undefined;
}
