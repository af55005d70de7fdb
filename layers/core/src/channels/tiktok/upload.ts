import type { ConnectedAccount } from '../../domain/channel-account.ts';
import type { Outgoing, Receipt } from '../contract.ts';
import { readAs } from '../shared/read.ts';
import { again, never, refusal } from '../shared/receipt.ts';
import { abilities, uploaded } from './api.ts';
import { callTiktok, readTiktok } from './call.ts';
import type { Credentials } from './credentials.ts';
import { isTaken, readAnswer, receiptOfRefusal } from './errors.ts';

type Uploaded = { ok: true; id: string } | { ok: false; receipt: Receipt };

const MOST_BYTES = 3 * 1024 * 1024;
const TIMEOUT_MS = 5000;

/** Not everywhere does TikTok let pictures be sent. Only a clear no counts: the message itself says the rest. */
export async function takesPictures(conversation_id: string, account: ConnectedAccount<Credentials>): Promise<boolean> {
  const query = {
    business_id: account.externalId,
    conversation_id,
    conversation_type: 'SINGLE',
    capability_types: JSON.stringify(['IMAGE_SEND']),
  };
  const path = 'business/message/capabilities/get/';
  const answer = readAnswer(await readTiktok(account, path, query, TIMEOUT_MS), abilities);
  const infos = answer.ok ? answer.value.data.capability_infos : [];
  return !infos.some((info) => info.capability_type === 'IMAGE_SEND' && info.capability_result === false);
}

/** TikTok takes pictures as bytes, never by link. Until the message itself is asked for, every failure may be tried again. */
export async function upload(outgoing: Outgoing, account: ConnectedAccount<Credentials>): Promise<Uploaded> {
  const file = await outgoing.readFile?.(MOST_BYTES);
  if (!file?.ok) return refused(file?.permanent === false ? unreachable : unreadable);
  const type = pictureType(file.bytes);
  if (!type) return refused(unreadable);
  const form = new FormData();
  form.set('business_id', account.externalId);
  form.set('media_type', 'IMAGE');
  form.set('file', new Blob([file.bytes], { type }), type === 'image/png' ? 'image.png' : 'image.jpg');
  const answer = await callTiktok(account, 'business/message/media/upload/', form);
  if (answer.kind !== 'answer') return refused(unreachable);
  const id = isTaken(answer) ? readAs(uploaded, answer.json)?.data.media_id : undefined;
  if (id !== undefined) return { ok: true, id };
  const receipt = receiptOfRefusal(answer);
  return receipt.outcome === 'refused' ? { ok: false, receipt } : refused(unreachable);
}

const unreachable = again('provider_down', 'upload', 'The picture could not be brought to TikTok.');
const unreadable = never('media_problem', 'file', 'The picture could not be read, or is no JPG or PNG of up to 3 MB.');

function refused(failure: Parameters<typeof refusal>[0]): Uploaded {
  return { ok: false, receipt: refusal(failure) };
}

/** By the bytes: what a server says of a file is often wrong. */
function pictureType(bytes: Uint8Array): 'image/png' | 'image/jpeg' | undefined {
  const start = Buffer.from(bytes.subarray(0, 8)).toString('hex');
  if (start === '89504e470d0a1a0a') return 'image/png';
  return start.startsWith('ffd8ff') ? 'image/jpeg' : undefined;
}
