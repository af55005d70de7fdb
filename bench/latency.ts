import { cloudInbound, freshId, post } from '../test/support/webhooks.ts';
import type { Access } from './cloud-process.ts';
import { holdReceipts, meetCustomers, whatsappOf } from './customers.ts';
import { openSocket } from './socket.ts';
import type { Socket } from './socket.ts';
import { TEXT } from './text.ts';

/** Milliseconds, a figure per message. */
export interface Latencies {
  /** webhook posted -> answered */
  webhookAnswered: number[];
  /** webhook posted -> message on the socket */
  webhookHeard: number[];
  /** send posted -> answered */
  sendAnswered: number[];
  /** send posted -> SENT on the socket: stored, queued, sent to the pretend provider, receipt written */
  sendSent: number[];
}

/** Sends so many messages each way, one after the other, after twenty that are not counted. */
export async function measureLatencies(access: Access, count: number): Promise<Latencies> {
  const customers = await meetCustomers(access, WARM_UP);
  await holdReceipts(access);
  const socket = await openSocket(access);
  const turns = Array.from({ length: WARM_UP + count }, (_, index) => customers[index % customers.length] ?? '');
  const inbound = await inTurn(turns, (from) => receive(access, socket, from));
  const outbound = await inTurn(turns, (to) => send(access, socket, to));
  socket.close();
  return {
    webhookAnswered: inbound.map(({ answered }) => answered),
    webhookHeard: inbound.map(({ heard }) => heard),
    sendAnswered: outbound.map(({ answered }) => answered),
    sendSent: outbound.map(({ heard }) => heard),
  };
}

const WARM_UP = 20;

interface Times {
  answered: number;
  heard: number;
}

async function inTurn(customers: string[], work: (customer: string) => Promise<Times>): Promise<Times[]> {
  const times: Times[] = [];
  for (const customer of customers) times.push(await work(customer));
  return times.slice(WARM_UP);
}

async function receive(access: Access, socket: Socket, from: string): Promise<Times> {
  const id = `wamid.${freshId()}`;
  const webhook = cloudInbound(whatsappOf(access), from, TEXT, { id });
  const began = performance.now();
  const answer = await post(webhook);
  const answered = performance.now();
  if (answer.status !== 200) throw new Error(`the webhook was answered ${answer.status}`);
  const { at } = await socket.find(({ type, row }) => type === 'message.created' && row['provider_message_id'] === id);
  return { answered: answered - began, heard: at - began };
}

async function send(access: Access, socket: Socket, to: string): Promise<Times> {
  const began = performance.now();
  const response = await fetch(`${access.url}/functions/v1/whatsapp-cloud-send`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-API-Key': access.organizations[0]?.api_key ?? '' },
    body: JSON.stringify({ to, message: TEXT }),
  });
  const { result } = (await response.json()) as { result?: { id: string } };
  const answered = performance.now();
  if (!result) throw new Error(`the send was answered ${response.status}`);
  const { at } = await socket.find(({ row }) => row['id'] === result.id && row['status'] === 'SENT');
  return { answered: answered - began, heard: at - began };
}
