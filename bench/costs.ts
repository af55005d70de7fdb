import { setTimeout as sleep } from 'node:timers/promises';
import type { Cloud } from '@parley/local/cloud.ts';
import { accountOf, ask, control, eventually, rows } from '../test/support/cloud.ts';
import type { Row } from '../test/support/cloud.ts';
import {
  cloudChange,
  cloudEnvelope,
  cloudInbound,
  cloudStatus,
  cloudText,
  post,
  signCloud,
} from '../test/support/webhooks.ts';
import { moveToYesterday } from './another-day.ts';
import { openSocket } from './socket.ts';
import type { Socket } from './socket.ts';
import { TEXT } from './text.ts';

/** What one message of a path cost, by AWS's rules as the local engine counts them. */
export interface Cost {
  path: string;
  /** per message; in traffic an entry of the feed, and who is told of it, is shared by four changes of an organization */
  writeUnits: number;
  readUnits: number;
  /** DynamoDB calls per message, all functions together */
  calls: number;
  /** what one connected client is told per message; in traffic shared like the feed's entry */
  frames: number;
  /** write units */
  budget: number;
}

/** «In traffic»: so many messages per conversation and day, and so many changes of an organization in a stream batch. */
const PER_DAY = 4;
const PER_BATCH = 4;

/** The rounds of a day are hours apart, also from what was measured before. What is counted by the second, as an account's pace is, must not take them for one rush. */
const ROUNDS_APART_MS = 1100;

/** A cloud that has a client connected. */
type HeardCloud = Cloud & { socket: Socket };

/** Sends each kind of message through a running cloud and reads off what it cost. */
export async function measureCosts(cloud: Cloud): Promise<Record<keyof typeof measures, Cost>> {
  await warm(cloud);
  const socket = await openSocket(cloud.access);
  const heard = { ...cloud, socket };
  const costs: Partial<Record<keyof typeof measures, Cost>> = {};
  for (const [name, measure] of Object.entries(measures)) costs[name as keyof typeof measures] = await measure(heard);
  socket.close();
  return costs as Record<keyof typeof measures, Cost>;
}

const measures = {
  inboundAlone,
  inbound: inboundInTraffic,
  status: statusAlone,
  outbound: outboundInTraffic,
  outboundAlone: (cloud: HeardCloud) =>
    aloneTo(cloud, '201005550041', 'outbound text, alone', async () => ({ to: '201005550041' })),
  answerAlone: (cloud: HeardCloud) =>
    aloneTo(cloud, '201005550042', 'outbound text, alone, as an answer in a conversation', async () => {
      const [conversation] = await rows(cloud, organization(cloud), 'conversations?limit=1');
      return { conversation_id: conversation?.id };
    }),
};

/** DynamoDB calls that a webhook makes before it answers. The projection is held up meanwhile, so that none of the calls is its. */
export async function callsBeforeAnswer(cloud: Cloud): Promise<string[]> {
  await warm(cloud);
  cloud.dynamoDb.faults.add({ operation: 'BatchGetItem', delayMs: 1500 });
  cloud.dynamoDb.capacity.reset();
  await post(
    cloudInbound(accountOf(cloud.access.organizations[0], 'whatsapp_cloud'), '201005550001', 'how much is a kilo?'),
  );
  const calls = cloud.dynamoDb.capacity.read().calls.map(({ operation }) => operation);
  await settled(cloud);
  return calls;
}

async function warm(cloud: Cloud): Promise<void> {
  await post(cloudInbound(account(cloud), '201005550000', 'good morning'));
  await settled(cloud);
}

/** Customers with a phone, who have written within the day, so that the provider lets the business answer. */
async function meet(cloud: Cloud, customers: string[]): Promise<void> {
  for (const customer of customers) {
    const phone = (await control(cloud, 'whatsapp_cloud/phones', 'POST', {
      name: customer,
      address: `+${customer}`,
    })) as Row;
    await control(cloud, `whatsapp_cloud/phones/${phone.id}/messages`, 'POST', {
      account: account(cloud).external_id,
      text: TEXT,
    });
  }
  await settled(cloud);
}

async function inboundAlone(cloud: HeardCloud): Promise<Cost> {
  const spent = await spend(cloud, () => post(cloudInbound(account(cloud), '201005550002', TEXT)));
  return { path: 'inbound text, alone, from a new customer', ...spent, budget: 5 };
}

async function inboundInTraffic(cloud: HeardCloud): Promise<Cost> {
  const customers = ['201005550011', '201005550012', '201005550013', '201005550014'];
  await meet(cloud, customers);
  await moveToYesterday(cloud, organization(cloud));
  await settled(cloud);
  const round = () => {
    const texts = customers.map((customer) => cloudText(customer, TEXT, { name: customer }));
    const value = { contacts: texts.map(({ contact }) => contact), messages: texts.map(({ message }) => message) };
    return post(signCloud(account(cloud), cloudEnvelope(account(cloud), [cloudChange(account(cloud), value)])));
  };
  return { path: 'inbound text, in traffic', ...(await traffic(cloud, customers.length, round)), budget: 3 };
}

async function outboundInTraffic(cloud: HeardCloud): Promise<Cost> {
  await control(cloud, 'whatsapp_cloud/faults', 'POST', { hold_receipts: true });
  const customers = ['201005550021', '201005550022', '201005550023', '201005550024'];
  await meet(cloud, customers);
  await moveToYesterday(cloud, organization(cloud));
  await settled(cloud);
  const round = () =>
    Promise.all(
      customers.map((to) =>
        ask(cloud, organization(cloud), '/functions/v1/whatsapp-cloud-send', { to, message: TEXT }),
      ),
    );
  const cost = await traffic(cloud, customers.length, round);
  await control(cloud, 'whatsapp_cloud/faults', 'DELETE');
  return { path: 'outbound text without statuses, in traffic', ...cost, budget: 5 };
}

/**
 * One message at a time, and of a few the cheapest: now and then one has to read again what is remembered for half a minute. The customer has just
 * written, so theirs is the newest conversation.
 */
async function aloneTo(
  cloud: HeardCloud,
  customer: string,
  path: string,
  addressee: () => Promise<object>,
): Promise<Cost> {
  await control(cloud, 'whatsapp_cloud/faults', 'POST', { hold_receipts: true });
  await meet(cloud, [customer]);
  const request = { ...(await addressee()), message: TEXT };
  const all: Spent[] = [];
  for (let times = 0; times < PER_DAY; times++) {
    await sleep(ROUNDS_APART_MS);
    all.push(await spend(cloud, () => ask(cloud, organization(cloud), '/functions/v1/whatsapp-cloud-send', request)));
  }
  await control(cloud, 'whatsapp_cloud/faults', 'DELETE');
  return { path, ...leastOf(all), budget: 6 };
}

function leastOf(all: Spent[]): Spent {
  return all.reduce((one, other) => (other.calls + other.readUnits < one.calls + one.readUnits ? other : one));
}

async function statusAlone(cloud: HeardCloud): Promise<Cost> {
  await meet(cloud, ['201005550031']);
  await control(cloud, 'whatsapp_cloud/faults', 'POST', { hold_receipts: true });
  const sent = await ask(cloud, organization(cloud), '/functions/v1/whatsapp-cloud-send', {
    to: '201005550031',
    message: TEXT,
  });
  const { id } = sent.body['message'] as Row;
  const [message] = await eventually('the message is sent', async () => sentMessages(cloud, id));
  await settled(cloud);
  const all: Spent[] = [];
  for (const step of ['sent', 'delivered', 'read'] as const) {
    const status = cloudStatus(String(message?.['provider_message_id']), step, '201005550031', Date.now(), `${id}.1`);
    const webhook = cloudEnvelope(account(cloud), [cloudChange(account(cloud), { statuses: [status] })]);
    all.push(await spend(cloud, () => post(signCloud(account(cloud), webhook))));
  }
  await control(cloud, 'whatsapp_cloud/faults', 'DELETE');
  return { path: 'status', ...inTraffic(leastOf(all), { entries: 1, changes: 1 }), budget: 1 + 1 / PER_BATCH };
}

async function sentMessages(cloud: Cloud, id: string): Promise<Row[] | undefined> {
  const found = await rows(cloud, organization(cloud), `messages?id=eq.${id}&status=eq.SENT`);
  return found.length > 0 ? found : undefined;
}

type Spent = Pick<Cost, 'writeUnits' | 'readUnits' | 'calls' | 'frames'>;

async function spend(cloud: HeardCloud, work: () => Promise<unknown>): Promise<Spent> {
  const before = cloud.socket.frames();
  cloud.dynamoDb.capacity.reset();
  await work();
  await settled(cloud);
  await cloud.socket.upToNow();
  const { calls } = cloud.dynamoDb.capacity.read();
  const sum = (units: 'readUnits' | 'writeUnits') => calls.reduce((total, call) => total + call[units], 0);
  return {
    writeUnits: sum('writeUnits'),
    readUnits: sum('readUnits'),
    calls: calls.length,
    frames: cloud.socket.frames() - before,
  };
}

/** Four rounds of a day. How many changes a stream batch happens to hold differs here, so the feed is counted as the definition has it. */
async function traffic(cloud: HeardCloud, perRound: number, round: () => Promise<unknown>): Promise<Spent> {
  const before = await lastSeq(cloud);
  const spent = await spend(cloud, async () => {
    for (let day = 0; day < PER_DAY; day++) {
      await sleep(ROUNDS_APART_MS);
      await round();
      await settled(cloud);
    }
  });
  const feed = await rows(cloud, organization(cloud), `changes?seq=gt.${before}&limit=1000`);
  const changes = feed.reduce((total, entry) => total + (entry['changes'] as unknown[]).length, 0);
  const { writeUnits, readUnits, calls, frames } = inTraffic(spent, { entries: feed.length, changes });
  const messages = perRound * PER_DAY;
  return {
    writeUnits: writeUnits / messages,
    readUnits: readUnits / messages,
    calls: calls / messages,
    frames: frames / messages,
  };
}

/** Each entry of the feed is one write, one look (half a unit) at who is connected, and one frame, shared by the changes of a stream batch. */
function inTraffic(spent: Spent, { entries, changes }: { entries: number; changes: number }): Spent {
  const shared = changes / PER_BATCH - entries;
  const { writeUnits, readUnits, calls, frames } = spent;
  return {
    writeUnits: writeUnits + shared,
    readUnits: readUnits + shared / 2,
    calls: calls + 2 * shared,
    frames: frames + shared,
  };
}

async function lastSeq(cloud: Cloud): Promise<number> {
  const feed = await rows(cloud, organization(cloud), 'changes?seq=gt.0&limit=1000');
  return Number(feed.at(-1)?.['seq'] ?? 0);
}

function organization(cloud: Cloud) {
  return cloud.access.organizations[0];
}

function account(cloud: Cloud) {
  return accountOf(organization(cloud), 'whatsapp_cloud');
}

async function settled(cloud: Cloud): Promise<void> {
  await cloud.drain();
}
