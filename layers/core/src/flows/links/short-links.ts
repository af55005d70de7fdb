import type { Channel } from '../../channels/contract.ts';
import type { Body } from '../../domain/body.ts';
import type { Message } from '../../domain/message.ts';
import { SHORT_LINK_DAYS } from '../../domain/organization-settings.ts';
import { ok, refuse } from '../../domain/problem.ts';
import type { Result } from '../../domain/problem.ts';
import { restoreLinks, shortenLinks, shortUrl } from '../../domain/short-links.ts';
import type { Shortened, ShortLink } from '../../domain/short-links.ts';
import { setting } from '../../store/environment.ts';
import { extendLinks, findLinksOf, saveLinks } from '../../store/links.ts';
import { settingsOf } from '../../store/organization-settings.ts';

const DAY_MS = 24 * 3_600_000;

/** A body with its links shortened. A mail's stay as they are. */
export function shortened({ manifest }: Channel, body: Body): Result<Shortened> {
  if (!manifest.mail) return ok(shortenLinks(body, setting('SHORT_URL')));
  return refuse(422, 'unsupported_field', `'shorten_links': links in ${manifest.label} stay as they are`, {
    details: 'shorten_links',
  });
}

/** What a message says, with the addresses that its links stand for, as far as they are kept: a click on one is of whom it went to, and nobody else's. */
export async function restored({ body, links = [] }: Message): Promise<Body> {
  const kept = await findLinksOf(links);
  return restoreLinks(body, new Map(kept.map(({ shortUrl: short, url }) => [short, url])));
}

/** Keeps where the links of a message lead, for some days after it leaves. */
export async function save(message: Message, links: ShortLink[]): Promise<void> {
  const base = setting('SHORT_URL');
  const expiresAt = await endOfLinks(message);
  const { organizationId, id: messageId, storedAt: createdAt } = message;
  await saveLinks(
    links.map((link) => ({
      ...link,
      organizationId,
      messageId,
      shortUrl: shortUrl(base, link.code),
      createdAt,
      expiresAt,
    })),
  );
}

/** The message leaves at another time than was known when its links were kept. */
export async function extend(message: Message, codes: string[]): Promise<void> {
  await extendLinks(codes, await endOfLinks(message));
}

async function endOfLinks({ organizationId, scheduledAt, storedAt }: Message): Promise<number> {
  const { short_links: { days = SHORT_LINK_DAYS } = {} } = await settingsOf(organizationId);
  return Math.max(scheduledAt ?? 0, storedAt) + days * DAY_MS;
}
