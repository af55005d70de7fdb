import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { TestContext } from 'node:test';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { listenOnLoopback } from '@parley/local/http-api/loopback.ts';
import { createHttpApi, type HttpApiOptions } from '@parley/local/http-api/server.ts';

/** An API with one function `answer`, behind a front that says 404 where no route matches. */
export async function startApi(
  t: TestContext,
  answer: (event: APIGatewayProxyEventV2) => unknown,
  more: Partial<HttpApiOptions> = {},
) {
  const events: APIGatewayProxyEventV2[] = [];
  const api = createHttpApi({
    routes: [
      { method: 'POST', path: '/hooks/{account}', functionName: 'hook' },
      { method: 'ANY', path: '/rest/{proxy+}', functionName: 'rest' },
    ],
    apiId: 'api',
    async invoke(_, event) {
      events.push(event as APIGatewayProxyEventV2);
      return { ok: true, payload: await answer(event as APIGatewayProxyEventV2) };
    },
    ...more,
  });
  const server = await listenOnLoopback((request, response) => {
    void api(request, response).then((handled) => handled || response.writeHead(404).end());
  });
  t.after(() => server.close());
  return { url: server.url, events };
}

export const allowAnother = () => ({
  statusCode: 200,
  headers: { 'Access-Control-Allow-Origin': 'https://x' },
  body: '',
});

export const echo = (event: APIGatewayProxyEventV2) => ({ statusCode: 200, body: JSON.stringify(event) });

export function rawRequest(url: string, headers: [string, string][], method = 'GET'): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    httpRequest(url, { method, headers: [['Host', new URL(url).host], ...headers].flat() }, (response) =>
      resolve(response.resume()),
    )
      .on('error', reject)
      .end();
  });
}
