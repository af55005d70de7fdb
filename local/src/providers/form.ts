import { isRecord, parseJson } from '../json.ts';

export interface Upload {
  filename: string;
  type: string;
  bytes: Buffer;
}

interface Form {
  values: Record<string, string>;
  files: Record<string, Upload>;
}

/** The fields of a urlencoded or multipart body, or undefined when it is neither or can't be read. */
export async function parseForm(type: string, body: Buffer): Promise<Form | undefined> {
  if (!/^(application\/x-www-form-urlencoded|multipart\/form-data)/i.test(type)) return undefined;
  try {
    return await fieldsOf(await new Response(body, { headers: { 'content-type': type } }).formData());
  } catch {
    return undefined;
  }
}

async function fieldsOf(data: FormData): Promise<Form> {
  const form: Form = { values: {}, files: {} };
  for (const [name, value] of data.entries()) {
    if (typeof value === 'string') form.values[name] = value;
    else form.files[name] = { filename: value.name, type: value.type, bytes: Buffer.from(await value.arrayBuffer()) };
  }
  return form;
}

/** A body as a reader of the request log wants to see it. */
export async function shownBody(type: string, body: Buffer): Promise<unknown> {
  if (body.length === 0) return null;
  const form = await parseForm(type, body);
  if (form) return { ...form.values, ...shownFiles(form.files) };
  const parsed = parseJson(body.toString('utf8'));
  return isRecord(parsed) || Array.isArray(parsed) ? parsed : body.toString('utf8', 0, 4096);
}

function shownFiles(files: Record<string, Upload>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(files).map(([name, { filename, type, bytes }]) => [name, { filename, type, size: bytes.length }]),
  );
}
