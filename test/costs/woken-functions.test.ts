import assert from 'node:assert/strict';
import test from 'node:test';
import { fitsPattern } from '@parley/local/event-sources/filter.ts';
import { assumptions, paths } from '../../bench/prices.ts';
import { ofType, synthesize } from '../infra/synthesized.ts';
import { accountOf, ask, control, eventually, rows, testCloud } from '../support/cloud.ts';
import type { Row } from '../support/cloud.ts';
import { tableOf } from '../support/table.ts';
import { cloudChange, cloudEnvelope, cloudInbound, cloudStatus, post, signCloud } from '../support/webhooks.ts';

const CUSTOMER = '201005550071';

const patterns = patternsByReader();
const cloud = await testCloud();
const table = await tableOf(cloud);
const organization = cloud.access.organizations[0];
const account = accountOf(organization, 'whatsapp_cloud');

test('a message wakes only whom it concerns', async (t) => {
  const phone = (await control(cloud, 'whatsapp_cloud/phones', 'POST', {
    name: 'Mona',
    address: `+${CUSTOMER}`,
  })) as Row;
  await control(cloud, 'whatsapp_cloud/faults', 'POST', { hold_receipts: true });
  const words = { account: account.external_id, text: 'good morning' };
  await woken(() => control(cloud, `whatsapp_cloud/phones/${phone.id}/messages`, 'POST', words));

  await t.test('a received message the projection, once', async () => {
    const { project, dispatch } = await woken(() => post(cloudInbound(account, CUSTOMER, 'how much is a kilo?')));
    assert.deepEqual([project, dispatch], [ofPath('inbound'), 0]);
  });

  let id = '';
  await t.test('a sent one dispatch once, and the projection when it is stored and when it has left', async () => {
    const { project, dispatch } = await woken(async () => {
      const { body } = await ask(cloud, organization, '/functions/v1/whatsapp-cloud-send', {
        to: CUSTOMER,
        message: 'Ten pounds',
      });
      ({ id } = body['message'] as Row);
    });
    assert.deepEqual([project, dispatch], [ofPath('outbound'), 1]);
  });

  await t.test('a status the projection, once', async () => {
    const message = await eventually('it is sent', async () => {
      const [found] = await rows(cloud, organization, `messages?id=eq.${id}&status=eq.SENT`);
      return found;
    });
    const status = cloudStatus(String(message['provider_message_id']), 'delivered', CUSTOMER, Date.now(), `${id}.1`);
    const webhook = cloudEnvelope(account, [cloudChange(account, { statuses: [status] })]);
    const { project, dispatch } = await woken(() => post(signCloud(account, webhook)));
    assert.deepEqual([project, dispatch], [ofPath('status'), 0]);
  });

  await t.test('a conversation that an agent has read the projection, though it wrote it last', async () => {
    const [conversation] = await rows(cloud, organization, 'conversations?limit=1');
    const body = { conversation_id: conversation?.id };
    const { project, dispatch } = await woken(() => ask(cloud, organization, '/rest/v1/rpc/mark_read', body));
    assert.deepEqual([project, dispatch], [1, 0]);
  });
});

const message = { pk: { S: 'org#conv' }, upd: { N: '1' } };
const due = { due: { S: 'send' } };
const claimed = { claimed: { N: '1' } };
const putOff = { wait: { M: { reason: { S: 'rate_limit' } } } };
const sent = { sent: { M: { at: { N: '1' } } } };

for (const [what, before, after, project, dispatch] of [
  ['is stored to be sent', undefined, { ...message, ...due }, true, true],
  ['is stored as it came, or moved from elsewhere', undefined, { ...message, ...claimed, ...sent }, true, false],
  ['is claimed', { ...message, ...due }, { ...message, ...claimed }, false, false],
  ['is claimed after it was put off', { ...message, ...due, ...putOff }, { ...message, ...claimed }, true, false],
  ['is claimed again', { ...message, ...putOff }, { ...message, ...claimed }, true, false],
  ['is put off', { ...message, ...claimed }, { ...message, ...putOff }, true, false],
  ['has left', { ...message, ...claimed }, { ...message, ...claimed, ...sent }, true, false],
  ['is cancelled', { ...message, ...due }, message, true, false],
  ['waits for its account', { ...message, ...due }, { ...message, due: { S: 'account' } }, true, false],
  ['waits for its broadcast', { ...message, ...due }, { ...message, due: { S: 'broadcast' } }, true, false],
  ['goes on', { ...message, due: { S: 'account' } }, { ...message, ...due }, true, true],
  ['is gone', { ...message, ...claimed }, undefined, false, false],
] as const) {
  test(`a message that ${what}`, () => {
    const record = {
      dynamodb: {
        Keys: { sk: { S: 'message#1' } },
        ...(before && { OldImage: before }),
        ...(after && { NewImage: after }),
      },
    };
    assert.deepEqual([wakes('Projection', record), wakes('Dispatch', record)], [project, dispatch]);
  });
}

/** How many records of the table's stream wake each of its readers by the time that all is done. */
async function woken(work: () => Promise<unknown>): Promise<{ project: number; dispatch: number }> {
  await cloud.drain();
  const from = cloud.dynamoDb.streams.latest();
  await work();
  await cloud.drain();
  const records = cloud.dynamoDb.streams.read(table, from, 1000);
  const count = (reader: string) => records.filter((record) => wakes(reader, record)).length;
  return { project: count('Projection'), dispatch: count('Dispatch') };
}

function wakes(reader: string, record: unknown): boolean {
  return (patterns.get(reader) ?? []).some((pattern) => fitsPattern(pattern, record));
}

/** What the bill reckons with. */
function ofPath(name: 'inbound' | 'outbound' | 'status'): number {
  return paths[name].invocations.project * assumptions.batch;
}

function patternsByReader(): Map<string, unknown[]> {
  const mappings = ofType(synthesize().resources, 'AWS::Lambda::EventSourceMapping');
  const readers = mappings.filter(([, { Properties }]) => Properties['FilterCriteria'] !== undefined);
  return new Map(
    readers.map(([id, { Properties }]) => {
      const { Filters } = Properties['FilterCriteria'] as { Filters: { Pattern: string }[] };
      const name = ['Projection', 'Dispatch'].find((each) => id.startsWith(each)) ?? id;
      return [name, Filters.map(({ Pattern }) => JSON.parse(Pattern) as unknown)];
    }),
  );
}
