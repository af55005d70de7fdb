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

/** The short address of a code. */
export function shortUrl(base: string, code: string): string {
  return `${base.replace(/\/+$/, '')}/l/${code}`;
}

type Shorten = (url: string) => string;

function inBody(body: Body, shorten: Shorten): Body {
  const worded =
    'text' in body && typeof body.text === 'string' ? { ...body, ...inRichText(body as RichText, shorten) } : body;
  if (worded.type === 'interactive') return { ...worded, interactive: inInteractive(worded.interactive, shorten) };
  return worded.type === 'template' ? { ...worded, template: inTemplate(worded.template, shorten) } : worded;
}

/** Formatting stays on the words it was on. */
function inRichText({ text, entities }: RichText, shorten: Shorten): RichText {
  const code = (entities ?? []).filter(({ type }) => type === 'code' || type === 'pre');
  const exchanges = findLinks(text)
    .filter(({ start, end }) => !code.some(({ offset, length }) => start < offset + length && offset < end))
    .map(({ start, end }) => ({ start, end, text: shorten(text.slice(start, end)) }));
  const linked = entities?.map((entity) => behind(entity, shorten));
  return exchange({ text, ...(linked && { entities: linked }) }, exchanges);
}

function behind(entity: Entity, shorten: Shorten): Entity {
  return entity.url === undefined ? entity : { ...entity, url: shorten(entity.url) };
}

function inWords(text: string, shorten: Shorten): string {
  return inRichText({ text }, shorten).text;
}

function inInteractive(interactive: Interactive, shorten: Shorten): Interactive {
  const link = (button: LinkButton): LinkButton => ({ ...button, url: shorten(button.url) });
  switch (interactive.kind) {
    case 'link_button':
      return { ...interactive, link: link(interactive.link) };
    case 'carousel':
      return {
        ...interactive,
        cards: interactive.cards.map((card) => ({
          ...card,
          text: inWords(card.text, shorten),
          ...(card.link && { link: link(card.link) }),
        })),
      };
    default:
      return interactive;
  }
}

function inTemplate(template: Template, shorten: Shorten): Template {
  const { parameters } = template;
  if (parameters === undefined) return template;
  if (Array.isArray(parameters)) return { ...template, parameters: parameters.map((each) => inWords(each, shorten)) };
  const named = Object.entries(parameters).map(([name, value]) => [name, inWords(value, shorten)]);
  return { ...template, parameters: Object.fromEntries(named) as Record<string, string> };
}
