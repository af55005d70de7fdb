import type { Channel } from '../../channels/contract.ts';
import type { Body, MediaKind } from '../../domain/body.ts';
import { isMedia } from '../../domain/body.ts';
import type { OrganizationId } from '../../domain/id.ts';
import { fit, listOf } from '../../domain/media-fit.ts';
import type { Fit, MediaLimits } from '../../domain/media-fit.ts';
import { kindOfType, typeOfName } from '../../domain/media-types.ts';
import { ok, refuse } from '../../domain/problem.ts';
import type { Result } from '../../domain/problem.ts';
import { findUpload } from '../../store/uploads.ts';

type MediaBody = Extract<Body, { type: MediaKind }>;

/** How a message with a file goes: what is stored, and what of it the channel's limits are held against. */
export interface MediaPlan {
  body: Body;
  checked: Body;
  /** its file has to be made ready first */
  preparing?: true;
  degraded?: string;
}

/** What of a send concerns its file. `kind` is missing where the caller did not say one. */
export interface MediaRequest {
  uploadId?: string | undefined;
  kind?: MediaKind | undefined;
}

/**
 * Holds what is known of a message's file against what its channel takes. A link that the channel takes, or of which it need not know more, stays a
 * link. An upload, and what has to be converted, is made ready on its way to the sender.
 */
export async function planMedia(
  channel: Channel,
  organization: OrganizationId,
  body: Body,
  { uploadId, kind }: MediaRequest,
): Promise<Result<MediaPlan>> {
  if (!isMedia(body)) return ok({ body, checked: body });
  const limits = (await channel.capabilities()).media;
  const { label } = channel.manifest;
  if (uploadId !== undefined) return planUpload({ body, limits, label }, organization, uploadId, kind);
  if (body.media.key !== undefined) return planStored({ body, limits, label });
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
  if (!found)
    return refuse(404, 'no_upload', `'upload_id' names no file of this organization`, {
      details: 'upload_id',
      hint: 'Put the file to the url that create_upload gave, then send. What is not sent within a day is deleted.',
    });
  const { mime, size, filename, key } = found;
  const fitted = fit({ kind: kind ?? kindOfType(mime), mime, size }, limits, label);
  if (!fitted.ok) return refuseFile(fitted.reason, limits, 'upload_id');
  return ok(prepare({ ...body, media: { status: 'pending', key, mime, size, filename } }, fitted));
}

/** A file of ours that is sent once more, in a message that is passed on. */
function planStored({ body, limits, label }: Case): Result<MediaPlan> {
  const { mime, size, width, height } = body.media;
  if (mime === undefined) return ok({ body, checked: body });
  const known = { kind: body.type, mime, ...(size && { size }), ...(width && height && { width, height }) };
  const fitted = fit(known, limits, label);
  if (!fitted.ok) return refuseFile(fitted.reason, limits, 'forward_of');
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
