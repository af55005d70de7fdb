import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createContext, Script } from 'node:vm';
import type { Json } from '../../json.ts';

/** What a browser keeps for a site's service worker. */
export interface Site {
  origin: string;
  webhook: string;
  key: string;
  /** `PushSubscription.toJSON()` of what the browser holds, and of what it held first */
  subscription?: Json | undefined;
  first?: Json | undefined;
  /** addresses of the site's pages that are open */
  pages?: string[];
}

/** What happens to a service worker. `notification` is what the worker had shown. */
export type WorkerEvent =
  | { type: 'push'; text: string }
  | { type: 'notificationclick'; notification: Json; action: string }
  | { type: 'notificationclose'; notification: Json }
  | { type: 'pushsubscriptionchange'; before?: Json; after?: Json };

/** What the worker did. */
export interface Worked {
  shown: Json[];
  closed: number;
  opened: string[];
  focused: string[];
  asked: { url: string; method: string; body: string }[];
  memory: Json;
}

type Listener = (event: object) => void;

const file = fileURLToPath(new URL('../../../../web/push/parley-push-sw.js', import.meta.url));

/** Runs the worker that sites install, by one event, in as much of a ServiceWorkerGlobalScope as it uses. */
export async function runWorker(site: Site, event: WorkerEvent): Promise<Worked> {
  const worked: Worked = { shown: [], closed: 0, opened: [], focused: [], asked: [], memory: memoryOf(site) };
  const listeners = new Map<string, Listener>();
  const waits: Promise<unknown>[] = [];
  new Script(readFileSync(file, 'utf8'), { filename: file }).runInContext(
    createContext(scopeOf(site, worked, listeners)),
  );
  listeners.get(event.type)?.({ ...eventOf(event, worked), waitUntil: (wait: Promise<unknown>) => waits.push(wait) });
  await Promise.all(waits);
  return worked;
}

function memoryOf({ first, subscription }: Site): Json {
  return { ...(first && { first }), ...(subscription && { told: subscription['endpoint'] }) };
}

function scopeOf(site: Site, worked: Worked, listeners: Map<string, Listener>): object {
  const query = new URLSearchParams({ webhook: site.webhook, key: site.key });
  return {
    self: {
      location: new URL(`/parley-push-sw.js?${query.toString()}`, site.origin),
      addEventListener: (type: string, listener: Listener) => listeners.set(type, listener),
      registration: registrationOf(site, worked),
      clients: clientsOf(site, worked),
    },
    URL,
    Response,
    caches: { open: async () => cacheOf(worked) },
    fetch: async (url: string, { method, body }: { method: string; body: string }) => {
      worked.asked.push({ url, method, body });
      return new Response();
    },
  };
}

function registrationOf({ subscription }: Site, worked: Worked): object {
  const held = subscription && pushSubscription(subscription);
  return {
    showNotification: async (title: string, options: Json) => void worked.shown.push({ title, ...options }),
    pushManager: { getSubscription: async () => held ?? null, subscribe: async () => held },
  };
}

function clientsOf({ pages = [] }: Site, worked: Worked): object {
  return {
    matchAll: async () => pages.map((url) => ({ url, focus: async () => void worked.focused.push(url) })),
    openWindow: async (url: string) => void worked.opened.push(url),
  };
}

function cacheOf(worked: Worked): object {
  return {
    match: async () => Response.json(worked.memory),
    put: async (_: string, response: Response) => void (worked.memory = (await response.json()) as Json),
  };
}

function eventOf(event: WorkerEvent, worked: Worked): object {
  switch (event.type) {
    case 'push':
      return { data: { json: () => JSON.parse(event.text) as unknown } };
    case 'notificationclick':
    case 'notificationclose':
      return { ...event, notification: { ...event.notification, close: () => (worked.closed += 1) } };
    case 'pushsubscriptionchange':
      return {
        oldSubscription: event.before && pushSubscription(event.before),
        newSubscription: event.after && pushSubscription(event.after),
      };
  }
}

function pushSubscription(json: Json): object {
  return { endpoint: json['endpoint'], options: { userVisibleOnly: true }, toJSON: () => json };
}
