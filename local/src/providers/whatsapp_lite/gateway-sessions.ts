import type { GatewayAccount } from '../account.ts';
import { file, header, json, type Answer, type Call } from '../http.ts';
import type { Json } from '../json.ts';
import type { Outcome } from '../provider.ts';
import type { Lite } from './deliver.ts';
import { chatIdOf, digitsOf } from './ids.ts';
import { nestError, wrongStatus } from './nest.ts';
import { qrPng } from './qr.ts';
import { sessionVerbs, type Sessions, type SessionVerb } from './sessions.ts';
import { eventHook } from './webhooks.ts';

/** A call whose key is good for some account. */
export interface Asked {
  lite: Lite;
  sessions: Sessions;
  call: Call;
  key: string;
  parts: string[];
}

/** `/api/sessions` and what is below it. */
export async function onSessions(asked: Asked, name: string, verb: string): Promise<Outcome> {
  const { lite, sessions, call, key } = asked;
  if (name === '') {
    const own = [...lite.accounts.values()].filter(
      (one): one is GatewayAccount => one.kind === 'gateway' && one.api_key === key,
    );
    return {
      answer: json(
        200,
        own.map((account) => describe(asked, account)),
      ),
    };
  }
  const account = accountOf(asked, name);
  if (isAnswer(account)) return { answer: account };
  if (call.method === 'GET' && verb === '') return { answer: json(200, describe(asked, account)) };
  if (call.method !== 'POST' || verb === 'pair' || !isVerb(verb)) return { answer: cannot(call) };
  const after = changeSession(lite, sessions, account, verb);
  return { answer: json(201, describe(asked, account)), after };
}

/** Changes the session; what is returned tells the webhook of every status on the way. */
export function changeSession(
  lite: Lite,
  sessions: Sessions,
  account: GatewayAccount,
  verb: SessionVerb,
): () => Promise<void> {
  const steps = sessions.change(account, verb);
  return async () => {
    for (const status of steps) {
      await lite.deliveries.send(eventHook(account, 'session.status', { name: account.session, status }, lite.now()));
    }
  };
}

export function isVerb(verb: string): verb is SessionVerb {
  return sessionVerbs.some((one) => one === verb);
}

function describe({ sessions }: Asked, account: GatewayAccount): Json {
  const { status, paired } = sessions.of(account);
  const events = ['message', 'message.any', 'message.ack', 'message.reaction', 'session.status'];
  return {
    name: account.session,
    status,
    config: { webhooks: [{ url: account.webhook_url, events }] },
    me: paired && status === 'WORKING' ? { id: chatIdOf(account.external_id), pushName: account.name } : null,
    engine: { engine: 'WEBJS' },
  };
}

/** The code to scan: raw, as a picture, or as a picture in JSON. */
export function qr(asked: Asked, session: string): Answer {
  const account = inStatus(asked, session, 'SCAN_QR_CODE');
  if (isAnswer(account)) return account;
  const value = asked.sessions.qr(account);
  if (asked.call.query.get('format') === 'raw') return json(200, { value });
  const png = qrPng(value);
  const wantsJson = header(asked.call, 'accept')?.includes('application/json');
  return wantsJson ? json(200, { mimetype: 'image/png', data: png.toString('base64') }) : file('image/png', png);
}

/** Whether a number is on WhatsApp. */
export function checkExists(asked: Asked): Answer {
  const account = inStatus(asked, asked.call.query.get('session') ?? 'default', 'WORKING');
  if (isAnswer(account)) return account;
  const phone = asked.lite.phones.at(`+${digitsOf(asked.call.query.get('phone') ?? '')}`);
  return json(200, phone ? { numberExists: true, chatId: chatIdOf(phone.address) } : { numberExists: false });
}

function accountOf({ lite, key }: Asked, session: string): GatewayAccount | Answer {
  const account = [...lite.accounts.values()].find(
    (one): one is GatewayAccount => one.kind === 'gateway' && one.session === session,
  );
  if (account?.api_key === key) return account;
  return nestError(
    404,
    `We didn't find a session with name '${session}'.\nPlease start it first by using POST /api/sessions/${session}/start request`,
  );
}

/** Tells a refusal from an account. */
export function isAnswer(value: object): value is Answer {
  return 'shown' in value;
}

/** The account, if its session is in the state the call needs. */
export function inStatus(asked: Asked, session: string, status: 'WORKING' | 'SCAN_QR_CODE'): GatewayAccount | Answer {
  const account = accountOf(asked, session);
  if (isAnswer(account)) return account;
  const now = asked.sessions.of(account).status;
  return now === status ? account : wrongStatus(session, now, status);
}

/** NestJS's words for a route that is not there. */
export function cannot(call: Call): Answer {
  return nestError(404, `Cannot ${call.method} ${call.path}`);
}
