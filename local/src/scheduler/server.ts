import type { IncomingMessage, ServerResponse } from 'node:http';
import { listenOnLoopback, readBody, sendJson, type Loopback } from '../http-api/loopback.ts';
import type { Reach } from './delivery.ts';
import * as operations from './operations.ts';
import { startRunner, type SetTimer } from './runner.ts';
import { openStore, type SchedulerStore } from './store.ts';
import { parseJson } from '../json.ts';

/** `file` is an SQLite file. `now` (epoch milliseconds) and `setTimer` default to the machine's clock. */
type SchedulerOptions = Reach & { file: string; port?: number; now?: () => number; setTimer?: SetTimer };

/** EventBridge Scheduler: keeps schedules in a file and runs them, each due run at least once, also after a restart. */
export async function startScheduler(options: SchedulerOptions): Promise<Loopback> {
  const { file, port, now = Date.now, setTimer = machineTimer, ...reach } = options;
  const store = openStore(file);
  const runner = startRunner({ store, reach, now, setTimer });
  const server = await listenOnLoopback((request, response) => {
    serve(store, now, request, response).then(
      () => runner.wake(),
      () => response.destroy(),
    );
  }, port);
  return {
    url: server.url,
    async close() {
      await server.close();
      await runner.close();
      store.close();
    },
  };
}

async function serve(store: SchedulerStore, now: () => number, request: IncomingMessage, response: ServerResponse) {
  const body = await readBody(request, 1024 * 1024);
  const answer = body === 'too-large' ? operations.invalid('Request too large.') : route(store, now(), request, body);
  if (answer.ok) return sendJson(response, 200, answer.body);
  response.setHeader('x-amzn-errortype', answer.code);
  sendJson(response, answer.status, { Message: answer.message });
}

function route(store: SchedulerStore, now: number, request: IncomingMessage, body: Buffer): operations.Answer {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const [, kind, name] = /^\/(schedules|schedule-groups)(?:\/([^/]+))?$/.exec(url.pathname) ?? [];
  const call = { store, now, name: decode(name), query: url.searchParams, body: parseJson(body.toString()) };
  switch (`${request.method} ${kind}${name === undefined ? '' : '/name'}`) {
    case 'GET schedules':
      return operations.listSchedules(store, url.searchParams);
    case 'POST schedules/name':
      return operations.createSchedule(call);
    case 'PUT schedules/name':
      return operations.updateSchedule(call);
    case 'GET schedules/name':
      return operations.getSchedule(call);
    case 'DELETE schedules/name':
      return operations.deleteSchedule(call);
    case 'POST schedule-groups/name':
      return operations.createGroup(store, now, call.name);
    case 'GET schedule-groups/name':
      return operations.getGroup(store, call.name);
    default:
      return { ok: false, status: 404, code: 'UnknownOperationException', message: 'Unknown operation.' };
  }
}

function decode(name = ''): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function machineTimer(callback: () => void, delayMs: number): () => void {
  const timer = setTimeout(callback, delayMs);
  return () => clearTimeout(timer);
}
