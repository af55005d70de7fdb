import type { Body } from '../../domain/body.ts';
import type { Outgoing, Receipt } from '../contract.ts';
import { encodeForm } from './http.ts';
import { callGraph, type Graph } from './meta-api.ts';
import { receiptOfRefusal } from './meta-errors.ts';
import { typeOf } from './meta-request.ts';
import { idText, object, readAs } from './read.ts';
import { again, never, refusal, type Failure } from './receipt.ts';

type Uploaded = { ok: true; id: string } | { ok: false; receipt: Receipt };
type MediaBody = Extract<Body, { media: unknown }>;

const MOST_BYTES = 25 * 1024 * 1024;
const TIMEOUT_MS = 30_000;

const uploaded = object({ attachment_id: idText });

/** Gives Meta the bytes of a file ("Attachment upload"). Until the message itself is asked for, every failure may be tried again. */
export async function upload(
  graph: Graph,
  { readFile }: Outgoing,
  body: MediaBody,
  platform: 'instagram' | undefined,
): Promise<Uploaded> {
  const file = await readFile?.(MOST_BYTES);
  if (!file?.ok) return refused(file?.permanent === false ? unreachable : unreadable);
  const type = body.media.mime ?? file.mime ?? 'application/octet-stream';
  const form = new FormData();
  form.set('message', JSON.stringify({ attachment: { type: typeOf(body.type), payload: {} } }));
  if (platform) form.set('platform', platform);
  form.set('filedata', new Blob([file.bytes], { type }), plainName(body.media.filename));
  return post(graph, form);
}

async function post(graph: Graph, form: FormData): Promise<Uploaded> {
  const answer = await callGraph(graph, {
    method: 'POST',
    path: `${encodeURIComponent(graph.sender)}/message_attachments`,
    ...(await encodeForm(form)),
    timeoutMs: TIMEOUT_MS,
  });
  if (answer.kind !== 'answer') return refused(unreachable);
  const id = answer.status === 200 ? readAs(uploaded, answer.json)?.attachment_id : undefined;
  if (id !== undefined) return { ok: true, id };
  const receipt = answer.status === 200 ? undefined : receiptOfRefusal(answer, graph.label, graph.failures);
  return receipt?.outcome === 'refused' ? { ok: false, receipt } : refused(unreachable);
}

const unreachable = again('provider_down', 'upload', 'The file could not be brought to Meta.');
const unreadable = never('media_problem', 'file', 'The file could not be read, or is larger than 25 MB.');

function refused(failure: Failure): Uploaded {
  return { ok: false, receipt: refusal(failure) };
}

/** Names with other than ASCII letters are not taken ("Upload media", limitations). */
function plainName(name = 'file'): string {
  return name.replaceAll(/[^\w.-]/g, '_');
}
