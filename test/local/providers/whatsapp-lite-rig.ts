import assert from 'node:assert/strict';
import type { Action, Element, InboundEvent } from '@parley/core/channels/contract.ts';
import type { Credentials } from '@parley/core/channels/whatsapp_lite/credentials.ts';
import { channel } from '@parley/core/channels/whatsapp_lite/index.ts';
import type { Body } from '@parley/core/domain/body.ts';
import type { ConnectedAccount } from '@parley/core/domain/channel-account.ts';
import type { Counterparty } from '@parley/core/domain/contact.ts';
import type { EvolutionAccount, GatewayAccount } from '@parley/local/providers/account.ts';
import { accountOf } from '../../channels/cases/cases.ts';
import { eventOf } from './own-code.ts';
import { at, startRig, type Rig } from './rig.ts';

export const kinds = ['gateway', 'evolution'] as const;
export type Kind = (typeof kinds)[number];

export const mona: Counterparty = { identities: [{ kind: 'phone', value: '+201000000001' }] };

/** Both kinds of gateways with a clock that can be put forward, and our adapter before them. */
export interface LiteRig extends Rig {
  clock: { now: number };
  accounts: Record<Kind, GatewayAccount | EvolutionAccount>;
  /** the account as our adapter has it */
  connected(kind: Kind, credentials?: object): ConnectedAccount<Credentials>;
  control(kind: Kind, verb: string): Promise<void>;
  /** The customer does something; what our adapter makes of it. */
  customer(kind: Kind, act: object, phone?: string): Promise<{ id: string; events: InboundEvent[] }>;
  /** What our adapter makes of the webhooks from that one on. */
  events(from?: number): Promise<InboundEvent[]>;
  /** Sends as our adapter does; gives the provider's id. */
  send(kind: Kind, body: Body, more?: object): Promise<string>;
  act(kind: Kind, action: Action): Promise<boolean>;
  thread(kind: Kind, phone?: string): Promise<unknown[]>;
  /** Everything as it was at first. */
  reset(): Promise<void>;
}

export async function startLiteRig(): Promise<LiteRig> {
  const clock = { now: Date.now() };
  const rig = await startRig({ now: () => clock.now });
  const accounts = { gateway: rig.gateway, evolution: evolutionAt(rig.gateway.webhook_url) };
  rig.providers.register(accounts.evolution);
  const connected = (kind: Kind, credentials: object = {}) => connectedTo(rig, accounts[kind], credentials);
  const control: LiteRig['control'] = async (kind, verb) => {
    const id = encodeURIComponent(accounts[kind].external_id);
    await rig.call('POST', `/whatsapp_lite/accounts/${id}/${verb}`, {});
  };
  const events: LiteRig['events'] = async (from = 0) => {
    const all: Element[] = [];
    for (const { body } of rig.received.slice(from)) all.push(...(await channel.normalise(body)));
    return all.map(eventOf);
  };
  return {
    ...rig,
    clock,
    accounts,
    connected,
    control,
    events,
    customer: async (kind, act, phone = 'mona') => {
      const before = rig.received.length;
      const written = { account: accounts[kind].external_id, ...act };
      const answer = await rig.call('POST', `/whatsapp_lite/phones/${phone}/messages`, written);
      assert.equal(answer.status, 201, JSON.stringify(answer.body));
      return { id: String(at(answer.body, 'id')), events: await events(before) };
    },
    send: async (kind, body, more = {}) => {
      const receipt = await channel.send({ reference: 'r', to: mona, body, ...more }, connected(kind));
      assert.ok(receipt.outcome === 'accepted' && receipt.providerMessageId, JSON.stringify(receipt));
      return receipt.providerMessageId;
    },
    act: async (kind, action) => (await channel.act?.(action, connected(kind)))?.ok ?? false,
    thread: async (kind, phone = 'mona') => {
      const account = encodeURIComponent(accounts[kind].external_id);
      return (await rig.call('GET', `/whatsapp_lite/phones/${phone}/messages?account=${account}`)).body as unknown[];
    },
    reset: async () => {
      for (const kind of kinds) for (const verb of ['hear', 'restore', 'start', 'pair']) await control(kind, verb);
      clock.now = Date.now();
      rig.received.length = 0;
    },
  };
}

export function lastOf(events: InboundEvent[]): InboundEvent {
  const last = events.at(-1);
  assert.ok(last);
  return last;
}

function evolutionAt(gatewayUrl: string): EvolutionAccount {
  return {
    channel: 'whatsapp_lite',
    kind: 'evolution',
    organization: 'org_1',
    external_id: '+201555000009',
    name: 'Nile Evolution',
    instance: 'nile',
    api_key: 'evolution-key',
    webhook_secret: 'evolution-secret',
    webhook_url: gatewayUrl.replace('/gateway', '/evolution'),
  };
}

function connectedTo(rig: Rig, account: GatewayAccount | EvolutionAccount, credentials: object) {
  const { kind, api_key, webhook_secret } = account;
  const own = kind === 'gateway' ? { session: account.session } : { instance: account.instance };
  return accountOf(
    { externalId: account.external_id, credentials: { kind, ...own, api_key, webhook_secret, ...credentials } },
    `${rig.url}/whatsapp_lite`,
    'whatsapp_lite',
  ) as ConnectedAccount<Credentials>;
}
