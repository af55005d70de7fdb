import type { Channel } from '../../channels/contract.ts';
import type { Body } from '../../domain/body.ts';
import type { Message } from '../../domain/message.ts';
import { SHORT_LINK_DAYS } from '../../domain/organization-settings.ts';
import { ok, refuse } from '../../domain/problem.ts';
import type { Result } from '../../domain/problem.ts';
import { shortenLinks, shortUrl } from '../../domain/short-links.ts';
import type { Shortened, ShortLink } from '../../domain/short-links.ts';
import { setting } from '../../store/environment.ts';
import { extendLinks, saveLinks } from '../../store/links.ts';
import { settingsOf } from '../../store/organization-settings.ts';
import type { SendRequest } from './request.ts';

/** A message that is not stored yet, with where its short links are to lead. */
export type Unstored = Message & { shortLinks?: ShortLink[] };

const DAY_MS = 24 * 3_600_000;

/** A send's body with its links shortened, where that was asked for: before anything of it is counted. */
export function shorten(channel: Channel, { shortenLinks: wanted }: SendRequest, body: Body): Result<Shortened> {
  if (!wanted) return ok({ body, links: [] });
  if (!channel.manifest.mail) return ok(shortenLinks(body, setting('SHORT_URL')));
  return refuse(422, 'invalid_field', `'shorten_links': links in ${channel.manifest.label} stay as they are`, {
    details: 'shorten_links',
  });
}

/** Keeps where the links lead, before the message that has them is stored: one that never is leaves links that end by themselves. */
export async function keepLinks({ shortLinks: links = [], ...message }: Unstored): Promise<void> {
  if (links.length === 0) return;
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

/** The links of a message that leaves at another time lead somewhere for as long after that. */
export async function extendLinksOf(message: Message): Promise<void> {
  if (message.links) await extendLinks(message.links, await endOfLinks(message));
}

async function endOfLinks({ organizationId, scheduledAt, storedAt }: Message): Promise<number> {
  const { short_links: { days = SHORT_LINK_DAYS } = {} } = await settingsOf(organizationId);
  return Math.max(scheduledAt ?? 0, storedAt) + days * DAY_MS;
}
