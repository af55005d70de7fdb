import type { WhatsappCloudAccount } from '../account.ts';
import type { Provider } from '../provider.ts';
import { faultAnswer } from '../serve.ts';
import type { WorldOptions } from '../world.ts';
import { callGraph } from './api.ts';
import { createCloud } from './cloud.ts';
import { control } from './control.ts';
import { codeOfStatus, graphError } from './errors.ts';
import { act, report } from './phone.ts';

/** WhatsApp Cloud API, on Graph. */
export function createWhatsappCloud(options: WorldOptions): Provider {
  const world = createCloud(options);
  const owned = (externalId: string): WhatsappCloudAccount => {
    const account = world.accounts.get(externalId);
    if (!account) throw new Error(`no account ${externalId}`);
    return account;
  };
  return {
    world,
    call: (call, fault) => callGraph(world, options.deliver, call, fault),
    fail: (fault) =>
      fault.code === undefined
        ? faultAnswer(fault, fault.status ?? 500, (status) => graphError({ code: codeOfStatus(status) }, status))
        : faultAnswer(fault, fault.code, (code) => graphError({ code }, fault.status)),
    act: async (one) => act(world, owned(one.account.external_id), one),
    arrived: (account, phone, message) => report(world, owned(account.external_id), phone, message, 'delivered'),
    seen: (account, phone, message) => report(world, owned(account.external_id), phone, message, 'read'),
    control: (account, verb, body) =>
      control(world, owned(account.external_id), verb, { body, deliver: options.deliver }),
  };
}
