import { setTimeout as delay } from 'node:timers/promises';
import { cloudInbound, freshId, post } from '../test/support/webhooks.ts';
import type { Access } from './cloud-process.ts';
import { whatsappOf } from './customers.ts';
import { openSocket } from './socket.ts';
import type { Heard } from './socket.ts';
import { TEXT } from './text.ts';

/** What the cloud took in while webhooks came as fast as it answered. */
export interface Throughput {
  /** answered 200 */
  accepted: number;
  /** answered anything else */
  refused: number;
  /** how long webhooks came */
  seconds: number;
  /** from the first webhook until the last accepted message was heard on the socket */
  projectedAfter: number;
  /** milliseconds until the answer, of each webhook */
  answered: number[];
}

interface Options {
  seconds: number;
  /** webhooks on their way at a time */
  parallel: number;
}

/** A hundred customers write; one client listens. Throws when an accepted message is not heard. */
export async function measureThroughput(access: Access, { seconds, parallel }: Options): Promise<Throughput> {
  const socket = await openSocket(access);
  const began = performance.now();
  const posted: Posted[] = [];
  const worker = async (): Promise<void> => {
    while (performance.now() < began + seconds * 1000) posted.push(await receive(access, posted.length));
  };
  await Promise.all(Array.from({ length: parallel }, worker));
  const ended = performance.now();
  const accepted = posted.filter(({ status }) => status === 200);
  const last = await lastHeard(new Set(accepted.map(({ id }) => id)), socket.heard);
  socket.close();
  return {
    accepted: accepted.length,
    refused: posted.length - accepted.length,
    seconds: (ended - began) / 1000,
    projectedAfter: (last - began) / 1000,
    answered: posted.map(({ answered }) => answered),
  };
}

interface Posted {
  id: string;
  status: number;
  answered: number;
}

async function receive(access: Access, turn: number): Promise<Posted> {
  const id = `wamid.${freshId()}`;
  const webhook = cloudInbound(whatsappOf(access), String(201008000000 + (turn % 100)), TEXT, { id });
  const began = performance.now();
  const response = await post(webhook);
  await response.arrayBuffer();
  return { id, status: response.status, answered: performance.now() - began };
}

const PATIENCE_MS = 60_000;

/** When the last of the messages was heard. */
async function lastHeard(missing: Set<string>, heard: readonly Heard[]): Promise<number> {
  const until = performance.now() + PATIENCE_MS;
  for (let read = 0; performance.now() < until; await delay(10)) {
    for (; read < heard.length; read++) {
      const event = heard[read];
      if (event?.type !== 'message.created') continue;
      missing.delete(String(event.row['provider_message_id']));
      if (missing.size === 0) return event.at;
    }
  }
  throw new Error(`${missing.size} accepted messages were not heard`);
}
