import type { WhatsappCloudAccount } from '../account.ts';
import { json } from '../http.ts';
import type { Provider } from '../provider.ts';
import { faultAnswer } from '../serve.ts';
import { createWorld, type WorldOptions } from '../world.ts';
import { callGraph } from './api.ts';
import { codeOfStatus, graphError } from './errors.ts';
import { act, report } from './phone.ts';
import { verifyCallback } from './webhooks.ts';

const phones = [
  { id: 'mona', name: 'Mona Hassan', address: '+201000000001', started: [] },
  { id: 'omar', name: 'عمر علي', address: '+201000000002', started: [] },
];

/** WhatsApp Cloud API, on Graph. */
export function createWhatsappCloud(options: WorldOptions): Provider {
  const world = createWorld<WhatsappCloudAccount>('whatsapp_cloud', phones, options);
  const owned = (externalId: string): WhatsappCloudAccount => {
    const account = world.accounts.get(externalId);
    if (!account) throw new Error(`no account ${externalId}`);
    return account;
  };
  return {
    world,
    call: (call, fault) => callGraph(world, call, fault),
    fail: (fault) =>
      fault.code === undefined
        ? faultAnswer(fault, fault.status ?? 500, (status) => graphError({ code: codeOfStatus(status) }, status))
        : faultAnswer(fault, fault.code, (code) => graphError({ code }, fault.status)),
    act: async (one) => act(world, owned(one.account.external_id), one),
    arrived: (account, phone, message) => report(world, owned(account.external_id), phone, message, 'delivered'),
    seen: (account, phone, message) => report(world, owned(account.external_id), phone, message, 'read'),
    control: async (account, verb) =>
      verb === 'verify'
        ? json(200, { verified: await verifyCallback(owned(account.external_id), options.deliver) })
        : undefined,
  };
}
