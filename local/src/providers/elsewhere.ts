import { request as ask } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ProviderAccount } from './account.ts';

/** What the cloud needs of its pretend providers, in this process or in another. */
export interface ProvidersInUse {
  handle(request: IncomingMessage, response: ServerResponse, pathUnderPrefix: string): Promise<void>;
  register(account: ProviderAccount): void | Promise<void>;
  resume(): void;
  close(): Promise<void>;
}

/** Pretend providers that run in a process of their own, at this address. They go on whatever becomes of this one. */
export function providersAt(url: string): ProvidersInUse {
  return {
    handle: (request, response, path) => pass(request, response, new URL(url + path)),
    async register(account) {
      const answer = await fetch(`${url}/accounts`, { method: 'PUT', body: JSON.stringify(account) });
      if (!answer.ok) throw new Error(`the providers at ${url} answered ${answer.status}`);
    },
    resume: () => undefined,
    close: () => Promise.resolve(),
  };
}

/** Both ways as it comes: pages listen to the providers' events without end. */
function pass(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
  url.search = new URL(request.url ?? '/', url).search;
  return new Promise((resolve, reject) => {
    const { method = 'GET', headers } = request;
    const onward = ask(url, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response).once('close', resolve);
    });
    onward.once('error', reject);
    response.once('close', () => onward.destroy());
    request.pipe(onward);
  });
}
