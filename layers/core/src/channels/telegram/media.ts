import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { MediaLocation } from '../contract.ts';
import type { ProviderAnswer } from '../shared/http.ts';
import { readAs } from '../shared/read.ts';
import { fileAnswer, fileUrl, refused } from './api.ts';
import { callBot } from './call.ts';
import type { Credentials } from './credentials.ts';

/** `getFile` gives a path valid for an hour; files above 20 MB are refused for good. The link carries the bot's token. */
export async function locateMedia(
  media: { providerMediaId?: string; link?: string },
  account: ConnectedAccount<Credentials>,
): Promise<MediaLocation> {
  if (media.providerMediaId === undefined) return { ok: false, permanent: true, reason: 'the file has no id' };
  const answer = await callBot(account, { method: 'getFile', parameters: { file_id: media.providerMediaId } });
  if (answer.kind !== 'answer')
    return { ok: false, permanent: false, reason: `Telegram gave no answer: ${answer.code}` };
  const path = answer.status === 200 ? readAs(fileAnswer, answer.json)?.result.file_path : undefined;
  if (path === undefined || path.includes('..')) return missing(answer);
  return { ok: true, url: fileUrl(account, path), headers: {} };
}

/** Of a file that is «temporarily unavailable» Telegram says so with 400, too. */
function missing({ status, json }: ProviderAnswer): MediaLocation {
  const words = readAs(refused, json)?.description?.toLowerCase() ?? '';
  if (words.includes('file is too big'))
    return { ok: false, permanent: true, reason: 'the file has more than 20 MB, the most that Telegram gives a bot' };
  const permanent = status === 400 && !words.includes('temporarily');
  return { ok: false, permanent, reason: `Telegram answered ${status} for the file` };
}
