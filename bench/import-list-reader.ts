import { parentPort, workerData } from 'node:worker_threads';
import { loadChannel } from '@parley/core/channels/registry.ts';
import { NO_TOTALS } from '@parley/core/domain/broadcast.ts';
import type { Broadcast } from '@parley/core/domain/broadcast.ts';
import { newBroadcastId, newChannelAccountId } from '@parley/core/domain/id.ts';
import type { OrganizationId } from '@parley/core/domain/id.ts';
import { readOn } from '@parley/core/flows/broadcast/read-list.ts';
import { storeBroadcast } from '@parley/core/store/broadcasts.ts';

export interface ReaderData {
  organization: string;
  upload: string;
}

/** Where the reading stands after a step. The heap is this thread's own, buffers are what lies beside it. */
export interface Measured {
  phase: string;
  recipients: number;
  seconds: number;
  heapMb: number;
  buffersMb: number;
  /** within the step */
  mostHeapMb: number;
}

const LOOK_EVERY_MS = 50;
const { organization, upload } = workerData as ReaderData;
const channel = await loadChannel('sms');
const began = performance.now();
const steps: Measured[] = [];
let most = 0;
const looking = setInterval(() => (most = Math.max(most, process.memoryUsage().heapUsed)), LOOK_EVERY_MS);
let broadcast: Broadcast | undefined = await made();
while (broadcast?.status === 'IMPORTING') {
  const { phase } = broadcast.reading;
  broadcast = await readOn(channel, broadcast, { filter: () => Promise.resolve(() => false) });
  if (broadcast?.status === 'FAILED') throw new Error(broadcast.problem?.message);
  steps.push(measured(phase, broadcast?.totals.recipients ?? 0));
  most = 0;
}
clearInterval(looking);
parentPort?.postMessage(steps, []);

async function made(): Promise<Broadcast> {
  const now = Date.now();
  const fresh: Broadcast = {
    id: newBroadcastId(),
    organizationId: organization as OrganizationId,
    channel: 'sms',
    channelAccountId: newChannelAccountId(),
    content: { message: 'Dear {{name}}' },
    audience: { kind: 'file', uploadId: upload },
    defaultCountry: 'EG',
    status: 'IMPORTING',
    step: 1,
    totals: NO_TOTALS,
    reading: { round: 1, phase: 'open', at: 0, row: 0, chunks: 0, parts: 0 },
    running: { part: 0, made: 0, skipped: 0 },
    createdAt: now,
    updatedAt: now,
  };
  await storeBroadcast(fresh, undefined);
  return fresh;
}

function measured(phase: string, recipients: number): Measured {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  const seconds = Math.round((performance.now() - began) / 1000);
  return { phase, recipients, seconds, heapMb: mb(heapUsed), buffersMb: mb(arrayBuffers), mostHeapMb: mb(most) };
}

function mb(bytes: number): number {
  return Math.round(bytes / 1024 / 1024);
}
