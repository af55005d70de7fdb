import { loadChannel } from '@parley/core/channels/registry.ts';
import { html, httpHandler, json, text } from '@parley/core/edge/http.ts';
import type { HttpRequest, HttpResponse } from '@parley/core/edge/http.ts';
import { log, logDetail } from '@parley/core/edge/log.ts';
import { handshake, receive } from '@parley/core/flows/receive/receive.ts';
import { setting } from '@parley/core/store/environment.ts';

const channel = await loadChannel(setting('CHANNEL'));

/** One channel's webhook. Whatever was signed is answered 200 once it is stored; anything else is a 401 that leaves nothing behind. */
export const handler = httpHandler((request) => (isCheck(request) ? check(request) : take(request)));

function isCheck(request: HttpRequest): boolean {
  return request.method === 'GET' && channel.manifest.handshake;
}

async function check(request: HttpRequest): Promise<HttpResponse> {
  const answer = await handshake(channel, request, accountOf(request));
  return answer === undefined
    ? json(403, { code: 'not_subscribed', message: 'The verify token is not ours' })
    : text(200, answer);
}

async function take(request: HttpRequest): Promise<HttpResponse> {
  const received = await receive(channel, request, accountOf(request));
  if (received.outcome === 'not_signed') {
    log.warn('webhook refused', { requestId: request.id, channel: channel.manifest.name });
    return json(401, { code: 'not_signed', message: 'The webhook is not signed with a secret of one of our accounts' });
  }
  const { applied, quarantined, answer } = received;
  // what was applied is told by its message's row, which has the provider's id; what was not, nobody else tells of
  const write = quarantined > 0 ? log.warn : logDetail;
  write('webhook received', { requestId: request.id, channel: channel.manifest.name, applied, quarantined });
  const page = channel.page?.(request);
  return page === undefined ? json(200, answer ?? { success: true, applied, quarantined }) : html(200, page);
}

function accountOf(request: HttpRequest): string | undefined {
  return request.pathParameters['channel_account_id'];
}
