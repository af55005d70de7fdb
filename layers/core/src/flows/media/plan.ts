import type { Channel } from '../../channels/contract.ts';
import type { Body, MediaKind } from '../../domain/body.ts';
import { isMedia } from '../../domain/body.ts';
import type { OrganizationId } from '../../domain/id.ts';
import { ok } from '../../domain/problem.ts';
import type { Result } from '../../domain/problem.ts';
import type { KeptFiles } from './keep-files.ts';

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
  kept?: KeptFiles | undefined;
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
  request: MediaRequest,
): Promise<Result<MediaPlan>> {
  if (!isMedia(body)) return ok({ body, checked: body });
  // what plans a file is loaded for the first message that has one
  const { planFile } = await import('./plan-file.ts');
  return planFile(channel, organization, body, request);
}
