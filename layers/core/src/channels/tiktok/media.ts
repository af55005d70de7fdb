import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { MediaLocation } from '../contract.ts';
import { noHandle } from '../shared/file.ts';
import type { ProviderAnswer } from '../shared/http.ts';
import { readAs } from '../shared/read.ts';
import { answer as envelope, located } from './api.ts';
import { callTiktok } from './call.ts';
import type { Credentials } from './credentials.ts';
import { parseFileId } from './file-id.ts';

/** Stickers have a public link. For a picture or a video TikTok gives one that is valid for a day and wants the token in `x-user`. */
export async function locateMedia(
  media: { providerMediaId?: string; link?: string },
  account: ConnectedAccount<Credentials>,
): Promise<MediaLocation> {
  const place = media.providerMediaId === undefined ? undefined : parseFileId(media.providerMediaId);
  if (!place) return media.link ? { ok: true, url: media.link, headers: {} } : noHandle;
  const answer = await callTiktok(account, 'business/message/media/download/', {
    business_id: account.externalId,
    conversation_id: place.conversation,
    message_id: place.message,
    media_id: place.media,
    media_type: place.kind,
  });
  if (answer.kind !== 'answer') return { ok: false, permanent: false, reason: `TikTok gave no answer: ${answer.code}` };
  const url = readAs(located, answer.json)?.data.download_url;
  return url === undefined ? missing(answer) : at(url, account);
}

/** The token goes over TLS only, or to the account's own server. TikTok does not say on which hosts its files lie. */
function at(url: string, account: ConnectedAccount<Credentials>): MediaLocation {
  const target = URL.parse(url);
  const isSafe = target?.protocol === 'https:' || target?.origin === URL.parse(account.baseUrl)?.origin;
  return isSafe
    ? { ok: true, url, headers: { 'x-user': account.credentials.access_token } }
    : { ok: false, permanent: true, reason: 'TikTok gave a link that is not safe' };
}

/** 40002 and 40007: TikTok does not know the file, or has it no more. */
function missing({ status, json }: ProviderAnswer): MediaLocation {
  const code = readAs(envelope, json)?.code ?? status;
  const gone = code === 40_002 || code === 40_007;
  return { ok: false, permanent: gone, reason: `TikTok answered ${code} for the file` };
}
