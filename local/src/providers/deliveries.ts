import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Faults } from './faults.ts';
import { createGate } from './gate.ts';
import type { Gate } from './gate.ts';
import { parseJson } from '../json.ts';
import { redactHeaders } from './requests.ts';
import type { State } from './state.ts';

/** One webhook to send: `body` are the very bytes that were signed. */
export interface Hook {
  account: string;
  url: string;
  /** POST unless told */
  method?: 'GET';
  headers: Record<string, string>;
  body: string;
  /** webhooks of one lane go out one after the other, the next when the last was taken or given up */
  lane?: string;
  /** the customer's message that it tells of, which shows as delivered once it is taken */
  tellsOf?: { phone: string; message: string };
}

/** A webhook as the control API lists it. */
interface Delivery {
  at: string;
  account: string;
  url: string;
  headers: Record<string, string>;
  body: unknown;
  state: 'held' | 'pending' | 'delivered' | 'gave_up';
  attempts: { at: string; status: number | null; error?: string }[];
}

export interface Deliveries {
  /** Keeps it over a restart, for the call that comes back to send it. */
  keep(hook: Hook): () => Promise<number | null>;
  /** Sends, retrying until it is taken. Resolves with the status of the first answer: null when there was none, or when it is held. */
  send(hook: Hook): Promise<number | null>;
  list(): readonly Delivery[];
  clear(): void;
  /** Sends what is held, last first. */
  release(): void;
  /** Sends what an earlier process had not delivered. `rebased` gives a webhook today's address, or undefined to drop it. */
  resume(rebased: (hook: Hook) => Hook | undefined): void;
  /** Stops retrying. */
  close(): void;
}

export type Deliver = (url: string, init: RequestInit) => Promise<Response>;

interface DeliveryRules {
  deliver: Deliver;
  now: () => number;
  faults: Faults;
  /** ms before each attempt; as many attempts as there are entries */
  schedule: readonly number[];
  /** keeps each webhook until it is delivered or given up */
  state: State;
  shelf: string;
  /** `answer` is the body of what the webhook answered */
  taken: (hook: Hook, answer: string) => void;
}

interface Job {
  id: string;
  hook: Hook;
  delivery: Delivery;
  first: (status: number | null) => void;
}

const answerWithinMs = 20_000;
const mostDeliveries = 2000;
/** A provider has so many connections to one customer's server, however many webhooks there are to send. */
const mostAtOnce = 100;

export function createDeliveries(rules: DeliveryRules): Deliveries {
  const stop = new AbortController();
  const gate = createGate(mostAtOnce);
  const lanes = new Map<string, Promise<void>>();
  let deliveries: Delivery[] = [];
  let held: Job[] = [];

  const settled = async (job: Job): Promise<void> => {
    await attemptAll(job, rules, { gate, stop: stop.signal });
    if (job.delivery.state !== 'pending') rules.state.remove(rules.shelf, job.id);
  };
  const start = (job: Job): void => {
    const { lane } = job.hook;
    const before = lane === undefined ? undefined : lanes.get(lane);
    const done = (before ?? Promise.resolve()).then(() => settled(job));
    if (lane !== undefined) lanes.set(lane, done);
  };
  const keepOne = (hook: Hook): string => {
    const id = randomUUID();
    rules.state.put(rules.shelf, id, { id, hook });
    return id;
  };
  const remember = (delivery: Delivery): void => {
    deliveries.push(delivery);
    if (deliveries.length > mostDeliveries) deliveries.shift();
  };
  const release = (): void => {
    const jobs = held;
    held = [];
    jobs.reverse().forEach(start);
  };
  const sendKept = (kept: string, hook: Hook): Promise<number | null> => {
    const { promise, resolve } = Promise.withResolvers<number | null>();
    const plan = rules.faults.forWebhook();
    for (let copy = 0; copy <= plan.copies; copy += 1) {
      const id = copy === 0 ? kept : keepOne(hook);
      const job = { id, hook, delivery: newDelivery(hook, rules.now(), plan.held), first: resolve };
      remember(job.delivery);
      if (plan.held) held.push(job);
      else start(job);
    }
    if (plan.held) resolve(null);
    if (plan.held && plan.left === 0) release();
    return promise;
  };
  const keep = (hook: Hook): (() => Promise<number | null>) => {
    const id = keepOne(hook);
    return () => sendKept(id, hook);
  };
  const resume: Deliveries['resume'] = (rebased) => {
    for (const { id, hook } of rules.state.list<Pick<Job, 'id' | 'hook'>>(rules.shelf)) {
      const today = rebased(hook);
      if (!today) rules.state.remove(rules.shelf, id);
      else start({ id, hook: today, delivery: newDelivery(today, rules.now(), false), first: () => {} });
    }
  };
  const clear = (): void => void (deliveries = []);
  return {
    keep,
    send: (hook) => keep(hook)(),
    release,
    resume,
    list: () => deliveries,
    clear,
    close: () => stop.abort(),
  };
}

/** Whom an attempt waits for, and what ends it. */
interface Run {
  gate: Gate;
  stop: AbortSignal;
}

async function attemptAll({ hook, delivery, first }: Job, rules: DeliveryRules, { gate, stop }: Run): Promise<void> {
  delivery.state = 'pending';
  let wait: number | undefined;
  for (const delay of rules.schedule) {
    if (!(await waited(wait ?? delay, stop))) break;
    const result = await gate.through(() => attempt(hook, delivery, rules, stop));
    if (result.ok) rules.taken(hook, result.answer ?? '');
    first(result.status);
    if (result.ok) return;
    wait = result.retryAfterMs;
  }
  first(null);
  if (!stop.aborted) delivery.state = 'gave_up';
}

interface Attempt {
  ok: boolean;
  status: number | null;
  retryAfterMs?: number | undefined;
  answer?: string;
}

async function attempt(hook: Hook, delivery: Delivery, rules: DeliveryRules, stop: AbortSignal): Promise<Attempt> {
  const at = new Date(rules.now()).toISOString();
  try {
    const signal = AbortSignal.any([stop, AbortSignal.timeout(answerWithinMs)]);
    const response = await rules.deliver(hook.url, {
      method: hook.method ?? 'POST',
      headers: hook.headers,
      ...(hook.method === undefined && { body: hook.body }),
      redirect: 'manual',
      signal,
    });
    const answer = await response.text();
    delivery.attempts.push({ at, status: response.status });
    if (response.ok) delivery.state = 'delivered';
    return { ok: response.ok, status: response.status, retryAfterMs: retryAfterOf(response), answer };
  } catch (error) {
    delivery.attempts.push({ at, status: null, error: String(error) });
    return { ok: false, status: null };
  }
}

async function waited(ms: number, signal: AbortSignal): Promise<boolean> {
  try {
    if (ms > 0) await sleep(ms, undefined, { signal, ref: false });
    return !signal.aborted;
  } catch {
    return false;
  }
}

const longestRetryAfterMs = 3_600_000;

function retryAfterOf(response: Response): number | undefined {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) ? Math.min(seconds * 1000, longestRetryAfterMs) : undefined;
}

function newDelivery(hook: Hook, at: number, held: boolean): Delivery {
  return {
    at: new Date(at).toISOString(),
    account: hook.account,
    url: hook.url,
    headers: redactHeaders(hook.headers),
    body: parseJson(hook.body) ?? hook.body,
    state: held ? 'held' : 'pending',
    attempts: [],
  };
}
