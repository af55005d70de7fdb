import type { Channel } from '../../channels/contract.ts';
import type { Body } from '../../domain/body.ts';
import type { Message } from '../../domain/message.ts';
import { ok } from '../../domain/problem.ts';
import type { Result } from '../../domain/problem.ts';
import type { Shortened, ShortLink } from '../../domain/short-links.ts';
import type { SendRequest } from './request.ts';

/** A message that is not stored yet, with where its short links are to lead. */
export type Unstored = Message & { shortLinks?: ShortLink[] };

// Few messages have short links: what makes them is loaded for those.
const shortLinks = () => import('../links/short-links.ts');

/** A send's body with its links shortened, where that was asked for: before anything of it is counted. */
export async function shorten(channel: Channel, { shortenLinks }: SendRequest, body: Body): Promise<Result<Shortened>> {
  return shortenLinks ? (await shortLinks()).shortened(channel, body) : ok({ body, links: [] });
}

/** What a message says to whom it is passed on: its short links are of whom it went to first. */
export async function bodyToPassOn(message: Message): Promise<Body> {
  return message.links ? (await shortLinks()).restored(message) : message.body;
}

/** Keeps where the links lead, before the message that has them is stored: one that never is leaves links that end by themselves. */
export async function keepLinks({ shortLinks: links, ...message }: Unstored): Promise<void> {
  if (links) await (await shortLinks()).save(message, links);
}

/** The links of a message that leaves at another time lead somewhere for as long after that. */
export async function extendLinksOf(message: Message): Promise<void> {
  if (message.links) await (await shortLinks()).extend(message, message.links);
}
