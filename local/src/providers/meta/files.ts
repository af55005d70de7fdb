import { file, problem, type Answer, type Call } from '../http.ts';
import type { Json } from '../../json.ts';
import { recordAt, textAt } from '../json.ts';
import { follow, keptUrl, type StoredMedia } from '../media.ts';
import type { GraphProblem } from './check.ts';
import { linkSignature } from './link-signature.ts';
import type { MetaAccount, MetaWorld, Product } from './product.ts';

const linkMs = 3_600_000;

/** Where a customer's file lies for the next hour: whoever has the link may fetch it. */
export function linkTo(base: string, media: StoredMedia, now: number): string {
  const ext = String(Math.floor((now + linkMs) / 1000));
  return `${base}/lookaside/messaging_cdn/?asset_id=${media.id}&ext=${ext}&signature=${linkSignature(media, ext)}`;
}

/** `GET` of such a link. */
export function download({ media, now }: MetaWorld, call: Call): Answer {
  const kept = media.get(call.query.get('asset_id') ?? '');
  const ext = call.query.get('ext') ?? '';
  const isOurs = kept && call.query.get('signature') === linkSignature(kept, ext);
  if (!isOurs) return problem(404, 'not_found', 'Bad URL hash');
  return Number(ext) * 1000 < now() ? problem(403, 'expired', 'URL signature expired') : file(kept.mime, kept.bytes);
}

/** The file of a message, which Meta fetches before it answers, or has from an upload. `shownAt`: where the phone finds it. */
export async function fetchAttachment(
  world: MetaWorld,
  product: Product,
  account: MetaAccount,
  attachment: Json,
  base: string,
): Promise<{ problem: GraphProblem } | { shownAt: string }> {
  const type = textAt(attachment, 'type') ?? '';
  const payload = recordAt(attachment, 'payload');
  const id = textAt(payload, 'attachment_id');
  if (id !== undefined) return uploaded(world, account, { type, id }, base);
  const url = textAt(payload, 'url') ?? '';
  const found = await follow(url);
  if (!found) return { shownAt: url };
  if (!found.ok) return { problem: mediaProblem(2018008, `Failed to fetch the file from the url: ${found.reason}`) };
  const problem = unfit(product, type, found);
  if (problem) return { problem };
  const kept = world.media.put({ mime: found.mime, bytes: found.bytes, account: account.external_id });
  return { shownAt: keptUrl(base, kept.id) };
}

function uploaded(
  world: MetaWorld,
  account: MetaAccount,
  { type, id }: { type: string; id: string },
  base: string,
): { problem: GraphProblem } | { shownAt: string } {
  if (world.uploads.typeOf(id, account) === type) return { shownAt: keptUrl(base, id) };
  return { problem: mediaProblem(2018074, 'Invalid attachment id: it has expired or you do not own it') };
}

/** What is wrong with a file of this type. */
export function unfit(
  product: Product,
  type: string,
  { mime, bytes }: { mime: string; bytes: Buffer },
): GraphProblem | undefined {
  const rule = product.files[type];
  if (!rule || (rule.types && !rule.types.includes(mime)) || !fitsKind(type, mime))
    return mediaProblem(2018047, `Upload attachment failure: ${mime} is no ${type}`);
  if (bytes.length > rule.max)
    return mediaProblem(2018109, `Attachment size exceeds allowable limit of ${rule.max} bytes`);
  return undefined;
}

function mediaProblem(subcode: number, message: string): GraphProblem {
  return { code: 100, subcode, message };
}

/** A file may be anything; the others are what their type says. */
function fitsKind(type: string, mime: string): boolean {
  return type === 'file' || mime.startsWith(`${type}/`);
}
