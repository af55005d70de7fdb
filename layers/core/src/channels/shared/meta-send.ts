import { isMedia } from '../../domain/body.ts';
import type { Outgoing, Receipt } from '../contract.ts';
import type { Json } from './http.ts';
import { callGraph, sent, type Graph } from './meta-api.ts';
import { receiptOfRefusal } from './meta-errors.ts';
import type { FileAt } from './meta-request.ts';
import { upload } from './meta-upload.ts';
import { readAs } from './read.ts';
import { never, receiptOfSilence, refusal, unclear } from './receipt.ts';

/** Meta fetches a file before it answers ("Send media": up to 75 s for a video), and the sender itself has a minute. */
const TIMEOUT_MS = 45_000;

/** A file that was uploaded before has used up some of that minute. */
const AFTER_UPLOAD_MS = 20_000;

/** The JSON of a send, given where its file is; undefined when there is no way to say it. */
type Request = (file: FileAt | undefined) => Json | undefined;

/** How a file that only lies in our bucket goes: as bytes, or by a link that is made for it. */
export type FileWay = { by: 'link' } | { by: 'upload'; platform?: 'instagram' };

/** Asks Graph once. A file that has a link goes by that. */
export async function sendToGraph(graph: Graph, outgoing: Outgoing, request: Request, way: FileWay): Promise<Receipt> {
  const { body } = outgoing;
  if (!isMedia(body)) return ask(graph, request(undefined));
  const link = body.media.link ?? (way.by === 'link' ? outgoing.linkTo?.(body.media) : undefined);
  if (link !== undefined) return ask(graph, request({ url: link }));
  if (way.by === 'link' || !request({ attachment_id: 'later' })) return notSendable(graph.label);
  const file = await upload(graph, outgoing, body, way.platform);
  return file.ok ? ask(graph, request({ attachment_id: file.id }), AFTER_UPLOAD_MS) : file.receipt;
}

/** A reaction is answered without an id, for it is no message. */
async function ask(graph: Graph, request: Json | undefined, timeoutMs = TIMEOUT_MS): Promise<Receipt> {
  const { label, sender, failures } = graph;
  if (!request) return notSendable(label);
  const path = `${encodeURIComponent(sender)}/messages`;
  const answer = await callGraph(graph, { method: 'POST', path, body: JSON.stringify(request), timeoutMs });
  if (answer.kind !== 'answer') return receiptOfSilence(answer, label);
  if (answer.status !== 200) return refusalOf(request, receiptOfRefusal(answer, label, failures));
  const { message_id: id, recipient_id: recipient } = readAs(sent, answer.json) ?? {};
  if (id !== undefined) return { outcome: 'accepted', providerMessageId: id };
  const isAction = 'sender_action' in request && recipient !== undefined;
  return isAction ? { outcome: 'accepted' } : unclear(label, answer.status);
}

/** The tag for late answers is a feature of the app: one that has not got it is as good as ever for the others. */
function refusalOf(request: Json, receipt: Receipt): Receipt {
  const isOfTag = 'tag' in request && receipt.outcome === 'refused' && receipt.error.code === 'permission_missing';
  return isOfTag ? refusal(tagMissing, receipt.error.providerCode) : receipt;
}

const tagMissing = never(
  'window_closed',
  'tag_not_allowed',
  'The customer last wrote over 24 hours ago, and the application may not answer later: it lacks the feature Human Agent.',
);

function notSendable(label: string): Receipt {
  return refusal(never('invalid', 'not_sendable', `${label} can not send this to this recipient.`));
}
