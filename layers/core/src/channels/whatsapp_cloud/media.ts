import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { MediaLocation } from '../contract.ts';
import { noHandle } from '../shared/file.ts';
import { callGraph } from '../shared/meta-api.ts';
import { readAs } from '../shared/read.ts';
import { mediaAnswer } from './api.ts';
import { pathOf } from './call.ts';
import type { Credentials } from './credentials.ts';

/** The hosts that may see the token ("Media": lookaside and the CDNs). */
const META_HOSTS =
  /^(lookaside\.fbsbx\.com|graph\.facebook\.com|([a-z0-9-]+\.)+fbcdn\.net|([a-z0-9-]+\.)+whatsapp\.net)$/;

/** A fresh link (valid 5 minutes) from the media id (valid 7 days); without an id, the link of the webhook. */
export async function locateMedia(
  media: { providerMediaId?: string; link?: string },
  account: ConnectedAccount<Credentials>,
): Promise<MediaLocation> {
  if (media.providerMediaId === undefined) return media.link ? at(media.link, account) : noHandle;
  const answer = await callGraph(
    { baseUrl: account.baseUrl, token: account.credentials.access_token },
    { method: 'GET', path: pathOf(media.providerMediaId), query: { phone_number_id: account.externalId } },
  );
  if (answer.kind !== 'answer')
    return { ok: false, permanent: false, reason: `WhatsApp gave no answer: ${answer.code}` };
  const url = answer.status === 200 ? readAs(mediaAnswer, answer.json)?.url : undefined;
  return url === undefined ? missing(answer.status) : at(url, account);
}

/** The token goes to Meta's hosts over TLS and to the account's own server, to nobody else. */
function at(url: string, account: ConnectedAccount<Credentials>): MediaLocation {
  const target = URL.parse(url);
  if (!target) return { ok: false, permanent: true, reason: 'WhatsApp gave a link that is not an address' };
  const meta = target.protocol === 'https:' && target.port === '' && META_HOSTS.test(target.hostname);
  const trusted = meta || target.origin === URL.parse(account.baseUrl)?.origin;
  return { ok: true, url, headers: trusted ? bearer(account) : {} };
}

/** 400 and 404: the id is unknown or older than 7 days. Anything else may pass. */
function missing(status: number): MediaLocation {
  return { ok: false, permanent: status === 400 || status === 404, reason: `WhatsApp answered ${status} for the file` };
}

function bearer(account: ConnectedAccount<Credentials>): Record<string, string> {
  return { authorization: `Bearer ${account.credentials.access_token}` };
}
