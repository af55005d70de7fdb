import type { Body, HeaderFile, Interactive, RichText } from './body.ts';
import type { Able, Reshaped } from './degrade.ts';
import { joinTexts } from './rich-text/join.ts';
import { fitsIn } from './text-length.ts';
import type { TextLimit } from './text-length.ts';
import { textOfInteractive } from './text-of-interactive.ts';

type InteractiveBody = Extract<Body, { type: 'interactive' }>;
type Question = Exclude<Interactive, { kind: 'reply' }>;

/** The kinds of question. */
export type InteractiveKind = Question['kind'];

/** What a channel takes of one kind of question. */
export interface InteractiveLimit {
  /** buttons, rows or cards */
  count: number;
  /** of one of them */
  title: TextLimit;
  /** of the message above them, where it is not that of a text; 0: none can stand there */
  text?: TextLimit;
  /** what can stand around the message */
  around?: Part[];
}

type Part = 'header' | 'file' | 'footer';

const names: Record<InteractiveKind, string> = {
  buttons: 'buttons',
  quick_replies: 'quick replies',
  list: 'list rows',
  link_button: 'link buttons',
  carousel: 'cards',
  location_request: 'location requests',
};

/** Words in place of what can be tapped, where the channel has nothing like it or less of it. Undefined: it goes as it is, or not at all. */
export function reshapeInteractive(body: InteractiveBody, able: Able, label: string): Reshaped | undefined {
  const { interactive } = body;
  if (interactive.kind === 'reply') return undefined;
  const limit = able.interactive[interactive.kind];
  if (!limit) return inWords(body, interactive, able, `${label} has no ${names[interactive.kind]}`);
  const folded = fold(interactive, messageOf(body), limit.around);
  const why = excess(folded.interactive, folded.message, limit, label);
  if (why !== undefined) return inWords(body, interactive, able, why);
  if (folded.parts.length === 0) return undefined;
  const note = `Sent within the message: ${folded.parts.join(', ')}. ${label} has no place for it.`;
  return { body: { type: 'interactive', interactive: folded.interactive, ...folded.message }, note };
}

function messageOf({ text, entities }: InteractiveBody): RichText | undefined {
  return text === undefined ? undefined : { text, ...(entities && { entities }) };
}

interface Folded {
  interactive: Question;
  message: RichText | undefined;
  /** what went from around the message into it */
  parts: Part[];
}

function fold(interactive: Question, message: RichText | undefined, around: Part[] | undefined): Folded {
  const given = partsOf(interactive);
  const parts = around ? given.filter((part) => !around.includes(part)) : [];
  if (parts.length === 0) return { interactive, message, parts };
  const { header, file, footer } = interactive as Framed;
  const words = [
    parts.includes('file') ? file?.media.link : undefined,
    parts.includes('header') ? header : undefined,
    message,
    parts.includes('footer') ? footer : undefined,
  ];
  const rest = Object.entries(interactive).filter(([name]) => !(parts as string[]).includes(name));
  return { interactive: Object.fromEntries(rest) as unknown as Question, message: joinTexts(words, '\n\n'), parts };
}

interface Framed {
  header?: string;
  file?: HeaderFile;
  footer?: string;
}

function partsOf(interactive: Question): Part[] {
  const framed = interactive as Framed;
  return (['header', 'file', 'footer'] as const).filter((part) => framed[part] !== undefined);
}

/** What of it is more than the channel has, in words. */
function excess(
  interactive: Question,
  message: RichText | undefined,
  { count, title, text }: InteractiveLimit,
  label: string,
): string | undefined {
  const kind = names[interactive.kind];
  const { number, titles } = choicesOf(interactive);
  if (number > count) return `${label} has at most ${count} ${kind}`;
  if (!titles.every((each) => fitsIn(each, title)))
    return `on ${label} the titles of ${kind} have at most ${inWordsOf(title)}`;
  if (text && text.max > 0 && !fitsIn(message?.text ?? '', text))
    return `on ${label} the message above ${kind} has at most ${inWordsOf(text)}`;
  return undefined;
}

function inWordsOf({ max, unit }: TextLimit): string {
  return `${max} ${unit === 'bytes' ? 'bytes' : 'characters'}`;
}

/** What a card says is the channel's to check: it has more parts than a title. */
function choicesOf(interactive: Question): { number: number; titles: string[] } {
  switch (interactive.kind) {
    case 'buttons':
    case 'quick_replies':
      return { number: interactive.buttons.length, titles: interactive.buttons.map(({ title }) => title) };
    case 'list': {
      const titles = interactive.sections.flatMap(({ rows }) => rows.map(({ title }) => title));
      return { number: titles.length, titles };
    }
    case 'link_button':
      return { number: 1, titles: [interactive.link.title] };
    case 'carousel':
      return { number: interactive.cards.length, titles: [] };
    case 'location_request':
      return { number: 1, titles: [] };
  }
}

/** A file above the message takes the words as its caption, or goes as a link. */
function inWords(body: InteractiveBody, interactive: Question, able: Able, why: string): Reshaped | undefined {
  const words = textOfInteractive(interactive, messageOf(body));
  if (!words?.text) return undefined;
  const isQuestion = interactive.kind !== 'link_button' && interactive.kind !== 'location_request';
  const note = `Sent as ${isQuestion ? 'numbered text' : 'text'}: ${why}.`;
  const { file } = interactive as Framed;
  if (!file) return { body: { type: 'text', ...words }, note };
  const takes = able.media[file.type]?.caption && (!able.caption || fitsIn(words.text, able.caption));
  if (takes) return { body: { type: file.type, media: file.media, ...words }, note };
  return { body: { type: 'text', ...joinTexts([file.media.link, words], '\n\n') }, note };
}
