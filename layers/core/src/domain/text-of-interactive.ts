import type { Choice, Interactive, RichText } from './body.ts';
import { joinTexts } from './rich-text/join.ts';

type Card = Extract<Interactive, { kind: 'carousel' }>['cards'][number];

/**
 * What can be tapped, as words: choices are numbered, links are written out. The customer answers with a number or in their
 * own words. Undefined for what is not a question.
 */
export function textOfInteractive(interactive: Interactive, message: RichText | undefined): RichText | undefined {
  if (interactive.kind === 'reply') return undefined;
  const { header, footer } = interactive as { header?: string; footer?: string };
  return joinTexts([header, message, wordsOf(interactive), footer], '\n\n');
}

function wordsOf(interactive: Exclude<Interactive, { kind: 'reply' }>): string {
  switch (interactive.kind) {
    case 'buttons':
    case 'quick_replies':
      return numbered(interactive.buttons, 1);
    case 'list':
      return sectionsOf(interactive.sections);
    case 'link_button':
      return linkOf(interactive.link);
    case 'carousel':
      return interactive.cards.map(cardOf).join('\n\n');
    case 'location_request':
      return '';
  }
}

/** Signs that every alphabet of SMS has. */
function numbered(choices: Choice[], from: number): string {
  return choices.map((choice, index) => `${from + index}. ${choiceOf(choice)}`).join('\n');
}

function choiceOf({ title, description }: Choice): string {
  return description ? `${title} - ${description}` : title;
}

/** One count goes through all sections. */
function sectionsOf(sections: { title?: string; rows: Choice[] }[]): string {
  let from = 1;
  return sections
    .map(({ title, rows }) => {
      const words = numbered(rows, from);
      from += rows.length;
      return title ? `${title}\n${words}` : words;
    })
    .join('\n\n');
}

function linkOf({ title, url }: { title: string; url: string }): string {
  return `${title}: ${url}`;
}

function cardOf({ text, image, buttons = [], link }: Card, index: number): string {
  const choices = buttons.map((button) => `- ${choiceOf(button)}`);
  const lines = [`${index + 1}. ${text}`, image, ...choices, link && linkOf(link)];
  return lines.filter((line) => line !== undefined).join('\n');
}
