import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ProviderAccount } from './account.ts';
import { readBody } from './http.ts';
import { createProviders } from './providers.ts';

export interface Alone {
  /** `http://127.0.0.1:5000/providers`: what the cloud is given as its providers */
  url: string;
  close(): Promise<void>;
}

/**
 * The pretend providers apart from the cloud, as real ones are: what they took outlives its crash, and they tell of it until somebody listens. The cloud is
 * started with `--providers {url}`. They send and take no mail, whose servers are the cloud's.
 * `PUT {url}/accounts` makes an account known, or replaces it; everything else is as it is below the cloud's own `/providers`.
 */
export async function startProviders({ port, data }: { port: number; data: string }): Promise<Alone> {
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/providers`;
  const providers = createProviders({ dataFile: data, publicUrl: () => url });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const under = new URL(request.url ?? '/', url).pathname.replace(/^\/providers/, '');
    if (request.method !== 'PUT' || under !== '/accounts') return providers.handle(request, response, under);
    providers.register(JSON.parse(String(await readBody(request))) as ProviderAccount);
    response.writeHead(204).end();
  }

  return {
    url,
    async close() {
      await providers.close();
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
