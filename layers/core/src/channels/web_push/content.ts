import type { Body, Interactive } from '../../domain/body.ts';
import { cutText } from '../../domain/rich-text/cut-text.ts';
import { compact } from '../shared/read.ts';

/** A button of a notification: an answer, or with `navigate` a way to a page. */
export interface Action {
  action: string;
  title: string;
  navigate?: string;
}

/** What a message itself brings to its notification; the rest is the account's. */
export interface Content {
  title?: string;
  body: string;
  image?: string;
  /** where a tap leads */
  navigate?: string;
  actions?: Action[];
}

/** Undefined when no notification can show it. Formatting is left out: notifications are plain text. */
export function contentOf(body: Body): Content | undefined {
  switch (body.type) {
    case 'text':
      return { body: body.text };
    case 'image':
      return body.media.link === undefined ? undefined : { body: body.text ?? '', image: body.media.link };
    case 'interactive':
      return contentOfInteractive(body.interactive, body.text ?? '');
    default:
      return undefined;
  }
}

/** What is left of it where all of it is too large: the words that a screen shows anyway, and where a tap leads. */
export function shortened({ title, body, navigate }: Content): Content {
  return { body: cutText(body, MOST_WORDS, 'characters'), ...compact({ title, navigate }) };
}

/** characters */
const MOST_WORDS = 200;

function contentOfInteractive(interactive: Interactive, text: string): Content | undefined {
  switch (interactive.kind) {
    case 'buttons':
      return {
        ...around(interactive, text),
        actions: interactive.buttons.map(({ id, title }) => ({ action: `reply:${id}`, title })),
      };
    case 'quick_replies':
      return { body: text, actions: interactive.buttons.map(({ id, title }) => ({ action: `reply:${id}`, title })) };
    case 'link_button': {
      const { title, url } = interactive.link;
      return { ...around(interactive, text), navigate: url, actions: [{ action: 'open', title, navigate: url }] };
    }
    case 'list':
    case 'carousel':
    case 'location_request':
    case 'reply':
      return undefined;
  }
}

function around({ header, footer }: { header?: string; footer?: string }, text: string): Content {
  return { ...compact({ title: header }), body: footer ? `${text}\n${footer}` : text };
}
