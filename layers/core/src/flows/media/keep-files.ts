import type { Media } from '../../domain/body.ts';
import type { OrganizationId } from '../../domain/id.ts';
import { ok, refuse } from '../../domain/problem.ts';
import type { Result } from '../../domain/problem.ts';
import { findUpload } from '../../store/uploads.ts';
import type { SendRequest } from '../send/request.ts';

/** Copies of what was uploaded, by the upload's id: they stay where uploads are deleted after a day. */
export type KeptFiles = Record<string, Media>;

/**
 * Keeps, in a folder of their own, the files of a send that is made many times or much later: each of its messages refers to the same copy. What `known` has
 * is kept already.
 */
export async function keepFiles(
  organization: OrganizationId,
  request: SendRequest,
  { folder, known = {} }: { folder: string; known?: KeptFiles | undefined },
): Promise<Result<{ files?: KeptFiles }>> {
  const files: KeptFiles = {};
  for (const { id, field } of uploadsOf(request)) {
    const kept = known[id] ?? (await keepUpload(organization, id, (name) => `${folder}/${id}/${name}`));
    if (!kept) return noUpload(field);
    files[id] = kept;
  }
  return ok(Object.keys(files).length === 0 ? {} : { files });
}

/** Of what was brought, a copy that stays, its type read off its bytes. Undefined: nothing was brought, or it is another organization's. */
export async function keepUpload(
  organization: OrganizationId,
  id: string,
  keyFor: (name: string) => string,
): Promise<Media | undefined> {
  const found = await findUpload(organization, id);
  if (!found) return undefined;
  const { openFile, storeFile } = await import('../../store/media-files.ts');
  const file = await openFile(found.key);
  if (!file) return undefined;
  const { filename, mime: declared } = found;
  const key = keyFor(filename.replaceAll(/[/\\\p{C}]/gu, '_').slice(-80) || 'file');
  return { status: 'ready', key, filename, ...(await storeFile(key, file.stream, { declared, filename })) };
}

export function noUpload(field: string) {
  return refuse(404, 'no_upload', `'${field}' names no file of this organization`, {
    details: field,
    hint: 'Put the file to the url that create_upload gave, then send. What is not sent within a day is deleted.',
  });
}

function uploadsOf({ uploadId, mail }: SendRequest): { id: string; field: string }[] {
  const attached = (mail?.attachments ?? []).map(({ upload_id: id }, index) => ({
    id,
    field: `attachments.${index}.upload_id`,
  }));
  return [{ id: uploadId, field: 'upload_id' }, ...attached].flatMap(({ id, field }) =>
    id === undefined ? [] : [{ id, field }],
  );
}
