import type { Broadcast } from '../../domain/broadcast.ts';
import { ok } from '../../domain/problem.ts';
import type { Result } from '../../domain/problem.ts';
import type { LoadChannel } from '../../channels/registry.ts';
import { keepFiles } from '../media/keep-files.ts';
import { planMedia } from '../media/plan.ts';
import type { SendRequest } from '../send/request.ts';
import { inContent, readContent } from './fields.ts';

type Owner = Pick<Broadcast, 'organizationId' | 'id' | 'channel' | 'files'>;

/** Reads what everybody is to get, and keeps its files, of which each message then refers to the same copy. Refused where the channel does not take them. */
export async function keepContent(
  load: LoadChannel,
  { organizationId, id, channel: name, files: known }: Owner,
  content: Record<string, unknown>,
): Promise<Result<Pick<Broadcast, 'content' | 'files'>>> {
  const request = readContent(content);
  if (!request.ok) return request;
  const kept = await keepFiles(organizationId, request.value, { folder: `broadcasts/${organizationId}/${id}`, known });
  if (!kept.ok) return { ok: false, problem: inContent(kept.problem) };
  const { body, uploadId, mediaKind: kind } = request.value;
  const channel = await load(name);
  // a mail takes any file beside its text
  if (body && uploadId !== undefined && !channel.manifest.mail) {
    const planned = await planMedia(channel, organizationId, body, { uploadId, kind, kept: kept.value.files });
    if (!planned.ok) return { ok: false, problem: inContent(planned.problem) };
  }
  return ok({ content, ...kept.value });
}

/** The send that a broadcast's messages are made of. */
export function requestOf({ content, files }: Pick<Broadcast, 'content' | 'files'>): Result<SendRequest> {
  const request = readContent(content);
  return request.ok && files ? ok({ ...request.value, kept: files }) : request;
}
