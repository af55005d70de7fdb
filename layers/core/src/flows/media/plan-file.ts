import type { Channel } from '../../channels/contract.ts';
import type { Body, MediaKind } from '../../domain/body.ts';
import type { OrganizationId } from '../../domain/id.ts';
import { fit, listOf } from '../../domain/media-fit.ts';
import type { Fit, MediaLimits } from '../../domain/media-fit.ts';
import { kindOfType, typeOfName } from '../../domain/media-types.ts';
import { ok, refuse } from '../../domain/problem.ts';
import type { Result } from '../../domain/problem.ts';
import { findUpload } from '../../store/uploads.ts';
import { noUpload } from './keep-files.ts';
import type { MediaPlan, MediaRequest } from './plan.ts';

type MediaBody = Extract<Body, { type: MediaKind }>;

/** By where the file is: uploaded for this message, in our bucket already, or at a link. */
export async function planFile(
  channel: Channel,
  organization: OrganizationId,
  body: MediaBody,
  { uploadId, kind, kept }: MediaRequest,
): Promise<Result<MediaPlan>> {
  const limits = (await channel.capabilities()).media;
  const { label } = channel.manifest;
  const copy = uploadId === undefined ? undefined : kept?.[uploadId];
  if (copy)
    return planStored({ body: { ...body, type: kind ?? kindOfType(copy.mime ?? ''), media: copy }, limits, label });
  if (uploadId !== undefined) return planUpload({ body, limits, label }, organization, uploadId, kind);
  if (body.media.key !== undefined) return planCopy({ body, limits, label });
  return planLink({ body, limits, label }, kind);
}

interface Case {
  body: MediaBody;
  limits: MediaLimits;
  label: string;
}

async function planUpload(
  { body, limits, label }: Case,
  organization: OrganizationId,
  id: string,
  kind: MediaKind | undefined,
): Promise<Result<MediaPlan>> {
  const found = await findUpload(organization, id);
  if (!found) return noUpload('upload_id');
  const { mime, size, filename, key } = found;
  const fitted = fit({ kind: kind ?? kindOfType(mime), mime, size }, limits, label);
  if (!fitted.ok) return refuseFile(fitted.reason, limits, 'upload_id');
  return ok(prepare({ ...body, media: { status: 'pending', key, mime, size, filename } }, fitted));
}

/** A file of a message that is passed on becomes one of the new message's own: the first may be taken back, and its file with it. */
function planCopy({ body, limits, label }: Case): Result<MediaPlan> {
  const { thumbnailKey: _, ...media } = body.media;
  const { mime = 'application/octet-stream', size, width, height } = media;
  const known = { kind: body.type, mime, ...(size && { size }), ...(width && height && { width, height }) };
  const fitted = fit(known, limits, label);
  if (!fitted.ok) return refuseFile(fitted.reason, limits, 'forward_of');
  return ok(prepare({ ...body, media: { ...media, status: 'pending' } }, fitted));
}

/** A file of ours that every message of many has. */
function planStored({ body, limits, label }: Case): Result<MediaPlan> {
  const { mime, size, width, height } = body.media;
  if (mime === undefined) return ok({ body, checked: body });
  const known = { kind: body.type, mime, ...(size && { size }), ...(width && height && { width, height }) };
  const fitted = fit(known, limits, label);
  if (!fitted.ok) return refuseFile(fitted.reason, limits, 'upload_id');
  if (fitted.convert) return ok(prepare({ ...body, media: { ...body.media, status: 'pending' } }, fitted));
  return ok(sentAs({ body, limits, label }, fitted));
}

function planLink(the: Case, kind: MediaKind | undefined): Result<MediaPlan> {
  const { body, limits, label } = the;
  const { link = '', filename } = body.media;
  const mime = typeOfName(filename ?? '') ?? typeOfName(link);
  if (mime === undefined) return ok(mustBeKnown(the, kind) ? prepareUnknown(the) : { body, checked: body });
  // what the channel has to say of a kind that it does not know is its own
  if (!limits[body.type]) return ok({ body, checked: body });
  const fitted = fit({ kind: body.type, mime }, limits, label);
  if (!fitted.ok) return refuseFile(fitted.reason, limits, 'media_url');
  if (fitted.convert) return ok(prepare({ ...body, media: { ...body.media, status: 'pending', mime } }, fitted));
  return ok(sentAs(the, fitted));
}

/** A link that says nothing of its type, from a caller who does not either, to a channel that does not take just anything. */
function mustBeKnown({ limits }: Case, kind: MediaKind | undefined): boolean {
  return kind === undefined && !limits.document?.types.includes('*') && Object.keys(limits).length > 0;
}

function prepareUnknown({ body, limits }: Case): MediaPlan {
  const [kind = body.type] = Object.keys(limits) as MediaKind[];
  return {
    body: { ...body, media: { ...body.media, status: 'pending' } },
    checked: { ...body, type: kind },
    preparing: true,
  };
}

/** Until the file has been seen, it is what it will become that is held against the channel's limits. */
function prepare(body: MediaBody, { kind, convert, degraded }: Extract<Fit, { ok: true }>): MediaPlan {
  const { size, ...media } = body.media;
  const becomes = convert ? { ...media, mime: convert.types[0] ?? 'image/jpeg' } : { ...media, ...(size && { size }) };
  return {
    body: { ...body, type: kind },
    checked: { ...body, type: kind, media: becomes },
    preparing: true,
    ...(degraded !== undefined && { degraded }),
  };
}

function sentAs({ body }: Case, { kind, degraded }: Extract<Fit, { ok: true }>): MediaPlan {
  const sent: Body = { ...body, type: kind };
  return { body: sent, checked: sent, ...(degraded !== undefined && { degraded }) };
}

function refuseFile(reason: string, limits: MediaLimits, field: string) {
  return refuse(422, 'media_type', `'${field}': ${reason}`, {
    details: field,
    hint: `The channel takes ${listOf(limits)}.`,
  });
}
