import * as v from 'valibot';
import { matching, object, text, whole } from '../../domain/fields.ts';
import { plainType, typeOfName } from '../../domain/media-types.ts';
import { readOrRefuse } from '../../domain/misfit.ts';
import { ok, refuse } from '../../domain/problem.ts';
import type { Result } from '../../domain/problem.ts';
import { openUpload } from '../../store/uploads.ts';
import type { UploadTicket } from '../../store/uploads.ts';
import type { Principal } from '../access/authenticate.ts';

/** WhatsApp documents are the largest files that any channel takes; a list of a million recipients is larger. */
const MOST_BYTES = 100 * 1024 * 1024;
const MOST_LIST_BYTES = 200 * 1024 * 1024;
const LISTS = ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'];

const fields = object({
  filename: text(1, 255),
  // a browser that does not know a file's type says an empty one
  mime: v.optional(matching(/^$|^[\w.+-]+\/[\w.+-]+( *;.*)?$/, 'must be a MIME type such as image/jpeg')),
  size: whole(1),
});

/** Where a client may put a file that it wants to send. */
export function createUpload({ organizationId }: Principal, json: unknown): Result<UploadTicket> {
  const read = readOrRefuse(fields, json);
  if (!read.ok) return read;
  const { filename, size } = read.value;
  const mime = plainType(read.value.mime) ?? typeOfName(filename) ?? 'application/octet-stream';
  const most = LISTS.includes(mime) || LISTS.includes(typeOfName(filename) ?? '') ? MOST_LIST_BYTES : MOST_BYTES;
  if (size > most)
    return refuse(400, 'invalid_field', `'size': must be a whole number from 1 to ${most}`, { details: 'size' });
  return ok(openUpload(organizationId, { filename, mime, size }, Date.now()));
}
