import type { SmsAccount } from '../account.ts';
import { json } from '../http.ts';
import type { Provider } from '../provider.ts';
import { faultAnswer } from '../serve.ts';
import { createWorld, type WorldOptions } from '../world.ts';
import { callSms } from './api.ts';
import { setCredit } from './credit.ts';
import { act, report } from './phone.ts';

const phones = [
  { id: 'mona', name: 'Mona Hassan', address: '+201000000001', started: [] },
  { id: 'omar', name: 'عمر علي', address: '+201000000002', started: [] },
];

/** SMS: Appgain Notify, and VictoryLink. A fault's `code` is one of VictoryLink's, which come with HTTP 200. */
export function createSms(options: WorldOptions): Provider {
  const world = createWorld<SmsAccount>('sms', phones, options);
  return {
    world,
    call: (call) => callSms(world, call),
    fail: (fault) =>
      faultAnswer(fault, fault.status ?? 500, (status) =>
        fault.code === undefined ? json(status, { status: 'Failed', message: 'fault' }) : json(200, fault.code),
      ),
    act: async (one) => act(world, one),
    arrived: (account, phone, message) => report(world, account, phone, message),
    seen: (account, phone, message) => report(world, account, phone, message),
    control: async ({ external_id }, verb, body) => {
      const account = world.accounts.get(external_id);
      return verb === 'credit' && account?.kind === 'victorylink' ? setCredit(account, body) : undefined;
    },
  };
}
