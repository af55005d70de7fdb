import type { Body, Entity, Interactive, LinkButton, RichText, Template } from './body.ts';
import { findLinks, isWebAddress } from './find-links.ts';
import type { MessageId, OrganizationId } from './id.ts';
import { CODE_LENGTH, newLinkCode } from './link-code.ts';
import { exchange } from './rich-text/exchange.ts';

/** A link of a message: `url` as it was written, and the code that stands for it. */
export interface ShortLink {
  code: string;
  url: string;
}

/** A short link, as it is kept: of one message, so of one recipient. Times in ms. */
export interface KeptLink {
  code: string;
  organizationId: OrganizationId;
  messageId: MessageId;
  /** as it was written */
  url: string;
  shortUrl: string;
  clicks: number;
  firstClickedAt?: number;
  lastClickedAt?: number;
  createdAt: number;
  expiresAt: number;
}

/** A body with short links, and what each stands for. */
export interface Shortened {
  body: Body;
  /** each address once */
  links: ShortLink[];
}

/**
 * A body with its web addresses replaced by `<base>/l/<code>`: in its words, behind them, in its link buttons and a template's values. Those
 * that are as short already, or lie at the short address itself, stay; so does what is marked as code. `codes` gives a new code each time.
 */
export function shortenLinks(body: Body, base: string, codes: () => string = newLinkCode): Shortened {
  const known = new Map<string, string>();
  const host = new URL(base).host;
  const shorten = (url: string): string => {
    const longest = shortUrl(base, '').length + CODE_LENGTH;
    if (url.length <= longest || !isWebAddress(url) || new URL(url).host === host) return url;
    const code = known.get(url) ?? codes();
    known.set(url, code);
    return shortUrl(base, code);
  };
  const shortened = inBody(body, shorten);
  return { body: shortened, links: Array.from(known, ([url, code]) => ({ url, code })) };
}

/** A body with the addresses that its short links stand for; `known` has them by short address. */
export function restoreLinks(body: Body, known: Map<string, string>): Body {
  return inBody(body, (url) => known.get(url) ?? url);
}

/** The short address of a code. */
export function shortUrl(base: string, code: string): string {
  return `${base.replace(/\/+$/, '')}/l/${code}`;
}

type Exchange = (url: string) => string;

function inBody(body: Body, exchanged: Exchange): Body {
  const worded =
    'text' in body && typeof body.text === 'string' ? { ...body, ...inRichText(body as RichText, exchanged) } : body;
  if (worded.type === 'interactive') return { ...worded, interactive: inInteractive(worded.interactive, exchanged) };
  return worded.type === 'template' ? { ...worded, template: inTemplate(worded.template, exchanged) } : worded;
}

/** Formatting stays on the words it was on. */
function inRichText({ text, entities }: RichText, exchanged: Exchange): RichText {
  const code = (entities ?? []).filter(({ type }) => type === 'code' || type === 'pre');
  const exchanges = findLinks(text)
    .filter(({ start, end }) => !code.some(({ offset, length }) => start < offset + length && offset < end))
    .map(({ start, end }) => ({ start, end, text: exchanged(text.slice(start, end)) }));
  const linked = entities?.map((entity) => behind(entity, exchanged));
  return exchange({ text, ...(linked && { entities: linked }) }, exchanges);
}

function behind(entity: Entity, exchanged: Exchange): Entity {
  return entity.url === undefined ? entity : { ...entity, url: exchanged(entity.url) };
}

function inWords(text: string, exchanged: Exchange): string {
  return inRichText({ text }, exchanged).text;
}

function inInteractive(interactive: Interactive, exchanged: Exchange): Interactive {
  const link = (button: LinkButton): LinkButton => ({ ...button, url: exchanged(button.url) });
  switch (interactive.kind) {
    case 'link_button':
      return { ...interactive, link: link(interactive.link) };
    case 'carousel':
      return {
        ...interactive,
        cards: interactive.cards.map((card) => ({
          ...card,
          text: inWords(card.text, exchanged),
          ...(card.link && { link: link(card.link) }),
        })),
      };
    default:
      return interactive;
  }
}

function inTemplate(template: Template, exchanged: Exchange): Template {
  const { parameters } = template;
  if (parameters === undefined) return template;
  if (Array.isArray(parameters)) return { ...template, parameters: parameters.map((each) => inWords(each, exchanged)) };
  const named = Object.entries(parameters).map(([name, value]) => [name, inWords(value, exchanged)]);
  return { ...template, parameters: Object.fromEntries(named) as Record<string, string> };
}
