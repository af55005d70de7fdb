import type { Channel, Element, WebhookRequest } from '../../channels/contract.ts';
import { quarantine } from '../../store/quarantine.ts';
import type { KeptWebhook } from '../../store/quarantine.ts';
import type { Aside, Verified } from './receive.ts';

/** What a body is read by. No other header is kept: some are secrets. */
const TELLING = ['content-type', 'x-envelope-from', 'x-envelope-to'];

/** Keeps what could not be used of a webhook, and the webhook, so that it can be tried again. */
export async function setAside(
  channel: Channel,
  request: WebhookRequest,
  { verified, elements, taken }: { verified: Verified; elements: Element[]; taken: ('applied' | Aside)[] },
): Promise<void> {
  const at = taken.flatMap((outcome, index) => (outcome === 'applied' ? [] : [index]));
  const aside = at.flatMap((index) => {
    const [element, outcome] = [elements[index], taken[index]];
    return element && outcome && outcome !== 'applied' ? [{ ...whose(outcome), raw: rawOf(element) }] : [];
  });
  await quarantine(channel.manifest.name, aside, {
    webhook: { ...keptOf(request), ...signerOf(verified), of: elements.length, at },
  });
}

function whose({ reason, account }: Aside) {
  return { reason, ...(account ? { organizationId: account.organizationId, accountId: account.id } : {}) };
}

function rawOf(element: Element): string {
  return JSON.stringify(element.ok ? element.event : element.raw) ?? '';
}

function keptOf({ method, headers, query, body }: WebhookRequest) {
  const told = TELLING.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]]));
  const kept = Object.fromEntries(told) as Record<string, string>;
  return { method, headers: kept, query: query.toString(), body: Buffer.from(body).toString('base64') };
}

function signerOf({ signer, account }: Verified): Pick<KeptWebhook, 'signer' | 'organizationId'> {
  return { signer: signer.id, ...(account ? { organizationId: account.organizationId } : {}) };
}
