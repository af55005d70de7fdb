import { json, problemResponse } from '@parley/core/edge/http.ts';
import type { HttpRequest, HttpResponse } from '@parley/core/edge/http.ts';
import type { Principal } from '@parley/core/flows/access/authenticate.ts';
import { readFeed } from '@parley/core/store/feed.ts';
import type { Change, FeedEntry } from '@parley/core/store/feed.ts';

const MOST = 1000;

/** `GET /rest/v1/changes?seq=gt.N&limit=100`: what a client that was away has missed, oldest first. */
export async function changes(request: HttpRequest, principal: Principal): Promise<HttpResponse> {
  if (request.method !== 'GET')
    return problemResponse({ status: 405, code: 'PGRST117', message: `'changes' can only be read` });
  const after = /^gt\.(\d{1,15})$/.exec(request.query.get('seq') ?? '')?.[1];
  const limit = Number(request.query.get('limit') ?? 100);
  if (!after)
    return problemResponse({
      status: 400,
      code: 'PGRST100',
      message: `'seq' must be gt. and a number`,
      details: 'seq',
    });
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST) {
    return problemResponse({
      status: 400,
      code: 'PGRST100',
      message: `'limit' must be a whole number from 1 to ${MOST}`,
      details: 'limit',
    });
  }
  const entries = await readFeed(principal.organizationId, Number(after), limit);
  return json(200, entries.map(toRow));
}

function toRow({ seq, at, changes }: FeedEntry): unknown {
  return {
    seq,
    at: new Date(at).toISOString(),
    changes: changes.map(changeColumn),
  };
}

function changeColumn(change: Change): unknown {
  const none = { conversation_id: null, message_id: null };
  switch (change.type) {
    case 'channel_account.updated':
      return { type: change.type, ...none, channel_account_id: change.accountId };
    case 'broadcast.updated':
      return { type: change.type, ...none, broadcast_id: change.broadcastId };
    default:
      return { type: change.type, conversation_id: change.conversationId, message_id: change.messageId ?? null };
  }
}
