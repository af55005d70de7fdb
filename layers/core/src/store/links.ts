import { compact } from '../domain/compact.ts';
import type { MessageId, OrganizationId } from '../domain/id.ts';
import type { KeptLink } from '../domain/short-links.ts';
import { ABSENT } from './expressions.ts';
import { LINK_PREFIX, linkKey } from './keys/organization.ts';
import { getItem, getItems, putItem, updateItem } from './table.ts';
import type { Item } from './attributes.ts';

interface LinkItem {
  pk: string;
  org: OrganizationId;
  message: MessageId;
  url: string;
  short: string;
  clicks?: number;
  first?: number;
  last?: number;
  created: number;
  /** s: the table forgets it then, or soon after */
  ttl: number;
}

/** Keeps new links. Throws when a code is taken, which chance alone never brings about. */
export async function saveLinks(links: Omit<KeptLink, 'clicks'>[]): Promise<void> {
  await Promise.all(links.map(saveLink));
}

async function saveLink({ code, ...link }: Omit<KeptLink, 'clicks'>): Promise<void> {
  const item = {
    org: link.organizationId,
    message: link.messageId,
    url: link.url,
    short: link.shortUrl,
    created: link.createdAt,
    ttl: Math.ceil(link.expiresAt / 1000),
  };
  const written = await putItem(linkKey(code), item, ABSENT);
  if (!written.ok) throw new Error('the code of a short link is taken');
}

/** Where a link leads, if it still leads anywhere, with one click more. */
export async function clickLink(code: string, now: number): Promise<string | undefined> {
  const written = await updateItem(linkKey(code), {
    set: { last: now },
    keep: { first: now },
    add: { clicks: 1 },
    when: '#ttl > :now',
    values: { now: now / 1000 },
  });
  return written.ok ? String(written.item['url']) : undefined;
}

/** Where a link leads, if it still leads anywhere. */
export async function targetOfLink(code: string, now: number): Promise<string | undefined> {
  const item = await getItem(linkKey(code));
  return item && Number(item['ttl']) > now / 1000 ? String(item['url']) : undefined;
}

/** Lets links lead somewhere until then (ms), where they would have ended before. */
export async function extendLinks(codes: string[], until: number): Promise<void> {
  const ttl = Math.ceil(until / 1000);
  await Promise.all(codes.map((code) => updateItem(linkKey(code), { set: { ttl }, when: '#ttl < :ttl' })));
}

/** Those of these links that are still kept, in the order of the codes. */
export async function findLinksOf(codes: string[]): Promise<KeptLink[]> {
  return (await getItems(codes.map(linkKey))).map(fromItem);
}

function fromItem(raw: Item): KeptLink {
  const item = raw as unknown as LinkItem;
  return {
    code: item.pk.slice(LINK_PREFIX.length),
    organizationId: item.org,
    messageId: item.message,
    url: item.url,
    shortUrl: item.short,
    clicks: item.clicks ?? 0,
    createdAt: item.created,
    expiresAt: item.ttl * 1000,
    ...compact({ firstClickedAt: item.first, lastClickedAt: item.last }),
  };
}
