import * as z from 'zod/mini';
import type { WhatsappLiteAccount } from '../account.ts';
import { json, problem, type Answer } from '../http.ts';
import { publicMessage } from '../phones.ts';
import type { Provider } from '../provider.ts';
import { faultAnswer } from '../serve.ts';
import { createWorld, type WorldOptions } from '../world.ts';
import { callLite } from './api.ts';
import type { Lite } from './chats.ts';
import { report, sendTo } from './deliver.ts';
import { changeSession } from './gateway-sessions.ts';
import { waDigits } from './ids.ts';
import { nestError } from './nest.ts';
import { sessionName } from './payload.ts';
import { act } from './phone.ts';
import { createSessions, sessionVerbs } from './sessions.ts';
import { hooksOf, tell } from './webhooks.ts';

const phones = [
  { id: 'mona', name: 'Mona Hassan', address: '+201000000001', started: [] },
  { id: 'omar', name: 'عمر علي', address: '+201000000002', started: [] },
];

/** WhatsApp Lite: Appgain Notify, and gateways with a QR code. */
export function createWhatsappLite(options: WorldOptions): Provider {
  const world = createWorld<WhatsappLiteAccount>('whatsapp_lite', phones, options);
  const lite: Lite = { ...world, sessions: createSessions(options.now) };
  const owned = (externalId: string): WhatsappLiteAccount => {
    const account = world.accounts.get(externalId);
    if (!account) throw new Error(`no account ${externalId}`);
    return account;
  };
  return {
    world,
    call: (call) => callLite(lite, call),
    fail: (fault) => faultAnswer(fault, fault.status ?? fault.code ?? 500, (status) => nestError(status, 'fault')),
    act: async (one) => act(lite, owned(one.account.external_id), one),
    arrived: (account, phone, message) => report(lite, owned(account.external_id), phone, message, 'delivered'),
    seen: (account, phone, message) => report(lite, owned(account.external_id), phone, message, 'read'),
    control: async ({ external_id }, verb, body) => {
      const account = owned(external_id);
      if (verb === 'messages') return typeOnPhone(lite, account, body);
      if (verb === 'groups') return renameGroup(lite, account, body);
      const known = sessionVerbs.find((one) => one === verb);
      if (account.kind === 'notify' || known === undefined) return undefined;
      await changeSession(lite, account, known)();
      return json(200, { session: sessionName(account), status: lite.sessions.of(account).status });
    },
  };
}

const renamed = z.object({ id: z.string(), subject: z.string().check(z.minLength(1)) });

/** Somebody in a group calls it otherwise, and whoever is in it is told. */
async function renameGroup(lite: Lite, account: WhatsappLiteAccount, input: unknown): Promise<Answer> {
  const parsed = renamed.safeParse(input);
  if (!parsed.success) return problem(400, 'bad_group', z.prettifyError(parsed.error));
  lite.sessions.of(account).subjects.set(parsed.data.id, parsed.data.subject);
  await tell(lite, account, hooksOf(account).group(account, parsed.data, lite.now()));
  return json(200, parsed.data);
}

const typed = z.object({ to: z.string().check(z.minLength(1)), text: z.string().check(z.minLength(1)) });

/** Somebody at the business writes on the phone itself, beside the product. */
async function typeOnPhone(lite: Lite, account: WhatsappLiteAccount, input: unknown): Promise<Answer> {
  const parsed = typed.safeParse(input);
  if (!parsed.success) return problem(400, 'bad_message', z.prettifyError(parsed.error));
  const { to, text } = parsed.data;
  const sent = sendTo(lite, account, {
    to: to.includes('@') ? to : waDigits(to),
    body: { type: 'text', text },
    source: 'app',
    base: 'http://127.0.0.1',
  });
  await sent.after();
  return json(201, publicMessage(sent.message));
}
