import assert from 'node:assert/strict';
import { beforeEach } from 'node:test';
import type { InboundEvent, Outgoing, Receipt } from '../../../layers/core/src/channels/contract.ts';
import type { Credentials } from '../../../layers/core/src/channels/whatsapp_cloud/credentials.ts';
import { channel } from '../../../layers/core/src/channels/whatsapp_cloud/index.ts';
import type { ConnectedAccount } from '../../../layers/core/src/domain/channel-account.ts';
import type { Body } from '../../../layers/core/src/domain/body.ts';
import type { ProvidersOptions } from '../../../local/src/providers/providers.ts';
import { accountOf } from '../../channels/cases/cases.ts';
import { readWebhooks } from './own-code.ts';
import { at, ownRig, startRig, type Answered, type Rig } from './rig.ts';

type Account = ConnectedAccount<Credentials>;

/** The pretend Cloud API with our channel's code in front of it. */
interface CloudRig extends Rig {
  account: Account;
  /** the account with other credentials */
  as(credentials: Partial<Credentials>): Account;
  /** To mona, with the channel's own code. */
  sendBody(body: Body, more?: Partial<Outgoing>): Promise<Receipt>;
  /** mona writes; the id of her message */
  writes(body?: object): Promise<string>;
  thread(): Promise<unknown[]>;
  /** the pretend provider's control API for the account */
  does(verb: string, body: object): Promise<Answered>;
  /** What Graph was asked, as the log has it. */
  asked(path: string): Promise<{ method: string; path: string; body: unknown; status: number }[]>;
  /** Our reading of every webhook that came since; each is verified first. */
  events(): Promise<InboundEvent[]>;
}

export async function startCloudRig(options: ProvidersOptions = {}): Promise<CloudRig> {
  const rig = await startRig(options);
  const { cloud } = rig;
  const credentials: Credentials = { access_token: cloud.access_token, waba_id: cloud.waba_id };
  const account = accountOf(
    { externalId: cloud.external_id, credentials },
    `${rig.url}/whatsapp_cloud`,
    'whatsapp_cloud',
  ) as Account;
  const writes = async (body: object = { type: 'text', text: 'hello' }): Promise<string> => {
    const path = '/whatsapp_cloud/phones/mona/messages';
    const answer = await rig.call('POST', path, { account: cloud.external_id, body });
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    return String(at(answer.body, 'id'));
  };
  return {
    ...rig,
    account,
    as: (credentials) => ({ ...account, credentials: { ...account.credentials, ...credentials } }),
    writes,
    sendBody: (body, more) =>
      channel.send(
        { reference: 'ref_1', to: { identities: [{ kind: 'phone', value: '+201000000001' }] }, body, ...more },
        account,
      ),
    thread: async () => {
      const path = `/whatsapp_cloud/phones/mona/messages?account=${cloud.external_id}`;
      return (await rig.call('GET', path)).body as unknown[];
    },
    does: (verb, body) => rig.call('POST', `/whatsapp_cloud/accounts/${cloud.external_id}/${verb}`, body),
    asked: async (path) => {
      const all = (await rig.call('GET', '/whatsapp_cloud/requests')).body as Awaited<ReturnType<CloudRig['asked']>>;
      return all.filter((one) => one.path.includes(path));
    },
    events: async () => {
      const read = await readWebhooks(channel, rig.received.splice(0), { app_secret: cloud.app_secret });
      return read.map(({ externalId, event }) => {
        assert.ok([cloud.external_id, cloud.waba_id].includes(externalId ?? ''));
        return event;
      });
    },
  };
}

/** One in which mona wrote just before each test, ten minutes after the last, so that no limit of one test holds up the next. */
export async function startOpenCloudRig(): Promise<CloudRig & { pass(ms: number): void }> {
  let clock = Date.UTC(2026, 10, 22);
  const rig = await startCloudRig({ now: () => clock });
  beforeEach(async () => {
    clock += 10 * 60_000;
    await rig.writes();
  });
  const pass = (ms: number): void => {
    clock += ms;
  };
  return { ...ownRig(rig), pass };
}
