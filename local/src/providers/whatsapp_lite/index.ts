import * as z from 'zod/mini';
import type { WhatsappLiteAccount } from '../account.ts';
import { json, problem, type Answer } from '../http.ts';
import { publicMessage } from '../phones.ts';
import type { Provider } from '../provider.ts';
import { faultAnswer } from '../serve.ts';
import { createWorld, type WorldOptions } from '../world.ts';
import { callLite } from './api.ts';
import { report, sendTo, type Lite } from './deliver.ts';
import { changeSession, isVerb } from './gateway-sessions.ts';
import { digitsOf } from './ids.ts';
import { nestError } from './nest.ts';
import { act } from './phone.ts';
import { createSessions } from './sessions.ts';

const phones = [
  { id: 'mona', name: 'Mona Hassan', address: '+201000000001', started: [] },
  { id: 'omar', name: 'عمر علي', address: '+201000000002', started: [] },
];

/** WhatsApp Lite: Appgain Notify, and a gateway with a QR code. */
export function createWhatsappLite(options: WorldOptions): Provider {
  const world = createWorld<WhatsappLiteAccount>('whatsapp_lite', phones, options);
  const sessions = createSessions(options.now);
  const owned = (externalId: string): WhatsappLiteAccount => {
    const account = world.accounts.get(externalId);
    if (!account) throw new Error(`no account ${externalId}`);
    return account;
  };
  return {
    world,
    call: (call) => callLite(world, sessions, call),
    fail: (fault) => faultAnswer(fault, fault.status ?? fault.code ?? 500, (status) => nestError(status, 'fault')),
    act: async (one) => act(world, sessions, owned(one.account.external_id), one),
    arrived: (account, phone, message) => report(world, owned(account.external_id), phone, message, 'delivered'),
    seen: (account, phone, message) => report(world, owned(account.external_id), phone, message, 'read'),
    control: async ({ external_id }, verb, body) => {
      const account = owned(external_id);
      if (verb === 'messages') return typeOnPhone(world, account, body);
      if (account.kind !== 'gateway' || !isVerb(verb)) return undefined;
      await changeSession(world, sessions, account, verb)();
      return json(200, { session: account.session, status: sessions.of(account).status });
    },
  };
}

const typed = z.object({ to: z.string().check(z.minLength(1)), text: z.string().check(z.minLength(1)) });

/** Somebody at the business writes on the phone itself, beside the product. */
async function typeOnPhone(world: Lite, account: WhatsappLiteAccount, input: unknown): Promise<Answer> {
  const parsed = typed.safeParse(input);
  if (!parsed.success) return problem(400, 'bad_message', z.prettifyError(parsed.error));
  const { to, text } = parsed.data;
  const sent = sendTo(world, account, {
    to: digitsOf(to),
    body: { type: 'text', text },
    source: 'app',
    base: 'http://127.0.0.1',
  });
  await sent.after();
  return json(201, publicMessage(sent.message));
}
