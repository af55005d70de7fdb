import { parseForm } from '../form.ts';
import { header, json, type Answer, type Call } from '../http.ts';
import { isRecord, parseJson, type Json } from '../../json.ts';
import { recordAt, textAt } from '../json.ts';
import { follow, type StoredMedia } from '../media.ts';
import type { State } from '../state.ts';
import { invalid, type GraphProblem } from './check.ts';
import { graphError } from './errors.ts';
import { unfit } from './files.ts';
import type { MetaAccount, MetaWorld, Product } from './product.ts';

/** A file that was uploaded, of which type and when (ms). */
interface Uploaded {
  account: string;
  type: string;
  at: number;
}

export interface Uploads {
  keep(media: StoredMedia, upload: Uploaded): void;
  /** The type of an account's upload, unless that is too old. */
  typeOf(id: string, account: MetaAccount): string | undefined;
}

const lifetimeMs = 90 * 86_400_000;

/** Ids of uploads are good for 90 days, and for the page that made them. */
export function createUploads(state: State, channel: string, now: () => number): Uploads {
  const shelf = `uploads ${channel}`;
  return {
    keep: ({ id }, upload) => state.put(shelf, id, upload),
    typeOf: (id, account) => {
      const found = state.get(shelf, id) as Uploaded | undefined;
      const isGood = found?.account === account.external_id && found.at + lifetimeMs > now();
      return isGood ? found.type : undefined;
    },
  };
}

interface Given {
  message: Json;
  platform: string | undefined;
  file: { mime: string; filename: string; bytes: Buffer } | undefined;
}

/** `POST /{page}/message_attachments`: a file by its bytes, or by its link. */
export async function upload(world: MetaWorld, product: Product, account: MetaAccount, call: Call): Promise<Answer> {
  const given = await read(call);
  const attachment = recordAt(given?.message ?? {}, 'attachment');
  const type = textAt(attachment, 'type') ?? '';
  if (!given || !product.files[type]) return graphError(invalid('message[attachment][type] is required'));
  if (given.platform !== product.platform) return graphError(invalid('platform does not fit the recipients'));
  const file = given.file ?? (await linked(attachment));
  if (!file) return graphError({ code: 100, subcode: 2018008, message: 'Failed to fetch the file' });
  const wrong = problemOf(product, type, file);
  if (wrong) return graphError(wrong);
  const kept = world.media.put({ ...file, account: account.external_id });
  world.uploads.keep(kept, { account: account.external_id, type, at: world.now() });
  return json(200, { attachment_id: kept.id });
}

async function read(call: Call): Promise<Given | undefined> {
  const form = await parseForm(header(call, 'content-type') ?? '', call.body);
  const body = parseJson(call.body.toString('utf8'));
  const values: Json = form ? form.values : isRecord(body) ? body : {};
  const message = typeof values['message'] === 'string' ? parseJson(values['message']) : values['message'];
  if (!isRecord(message)) return undefined;
  const file = form?.files['filedata'];
  return { message, platform: textAt(values, 'platform'), file: file && { ...file, mime: file.type } };
}

async function linked(attachment: Json): Promise<Given['file']> {
  const found = await follow(textAt(recordAt(attachment, 'payload'), 'url') ?? '');
  return found?.ok ? { ...found, filename: 'file' } : undefined;
}

function problemOf(product: Product, type: string, file: NonNullable<Given['file']>): GraphProblem | undefined {
  if (/[^\x20-\x7e]/.test(file.filename)) return invalid('The name of the file has letters other than ASCII');
  return unfit(product, type, file);
}
