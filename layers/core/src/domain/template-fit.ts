import type { Template } from './body.ts';
import type { ProviderTemplate } from './provider-template.ts';

/** What of a template message does not fit the template it names: the field as a send calls it, and what is wrong. */
export interface TemplateMisfit {
  field: string;
  words: string;
}

type Values = Template['parameters'];
type ButtonOf = NonNullable<Template['buttons']>[number];

/** With its values filled in (132005). */
const MOST_BODY = 1024;
const MOST_HEADER = 60;

/**
 * The first thing for which the provider would refuse the message (132000, 132012, 131008): values by number, names and
 * form, the kind of header, the buttons that need something. Of a template whose words are not known nothing is said.
 */
export function misfitOf(known: ProviderTemplate, given: Template): TemplateMisfit | undefined {
  if (known.body === undefined) return undefined;
  return (
    misfitOfValues('template.parameters', known.body, given.parameters) ??
    misfitOfLength('template.parameters', known.body, given.parameters, MOST_BODY) ??
    misfitOfHeader(known, given) ??
    misfitOfButtons(known.buttons ?? [], given.buttons ?? [])
  );
}

/** What the customer reads: the template's words with the values in, header and footer around them. */
export function wordsOfTemplate(known: ProviderTemplate, given: Template): string | undefined {
  if (known.body === undefined) return undefined;
  const header = given.header && 'parameters' in given.header ? given.header.parameters : undefined;
  const lines = [known.header?.text && filled(known.header.text, header), filled(known.body, given.parameters)];
  return [...lines, known.footer].filter(Boolean).join('\n\n');
}

/** The variables of a template's text, each once, in the order they come. */
export function placesIn(text: string): string[] {
  return [...new Set(Array.from(text.matchAll(PLACE), ([, name = '']) => name))];
}

const PLACE = /\{\{\s*(\w+)\s*\}\}/g;

function misfitOfValues(field: string, text: string, values: Values): TemplateMisfit | undefined {
  const places = placesIn(text);
  const given = Object.entries(values ?? {});
  if (given.length > 0 && Array.isArray(values) === places.some((place) => !/^\d+$/.test(place)))
    return { field, words: places.length === 0 ? noneTaken : wantedForm(places) };
  const named = !Array.isArray(values) && values !== undefined;
  const missing = named ? places.find((place) => !Object.hasOwn(values, place)) : undefined;
  if (missing !== undefined) return { field: `${field}.${missing}`, words: 'has no value' };
  if (given.length !== places.length) return { field, words: wantedCount(given.length, places.length) };
  const bad = given.find(([, value]) => !isValue(value));
  return bad && { field: `${field}.${bad[0]}`, words: wantedValue };
}

function misfitOfLength(field: string, text: string, values: Values, max: number): TemplateMisfit | undefined {
  const { length } = Array.from(filled(text, values));
  return length <= max ? undefined : { field, words: `make the text ${length} characters long; the limit is ${max}` };
}

function misfitOfHeader({ header }: ProviderTemplate, given: Template): TemplateMisfit | undefined {
  const field = 'template.header';
  const format = header?.format ?? 'TEXT';
  if (format === 'TEXT') {
    const text = header?.text ?? '';
    if (given.header && !('parameters' in given.header)) return { field, words: 'the template has none that changes' };
    const values = given.header?.parameters;
    return (
      misfitOfValues(`${field}.parameters`, text, values) ??
      misfitOfLength(`${field}.parameters`, text, values, MOST_HEADER)
    );
  }
  return formOf(given.header) === format ? undefined : { field, words: wantedHeader(format) };
}

function formOf(header: Template['header']): string | undefined {
  if (!header || 'parameters' in header) return undefined;
  return 'media' in header ? header.type.toUpperCase() : 'LOCATION';
}

function misfitOfButtons(
  buttons: NonNullable<ProviderTemplate['buttons']>,
  given: ButtonOf[],
): TemplateMisfit | undefined {
  const field = 'template.buttons';
  const open = buttons.findIndex((button, index) => needs(button) && !given.some((one) => one.index === index));
  const [wanted] = open < 0 ? [] : takes(buttons[open]);
  if (wanted !== undefined) return { field, words: `button ${open} (${buttons[open]?.text}) needs its ${wanted}` };
  const odd = given.find((one) => !takes(buttons[one.index]).some((member) => one[member] !== undefined));
  if (!odd) return undefined;
  const [member] = takes(buttons[odd.index]);
  const words = member === undefined ? 'takes nothing' : `takes its ${member}`;
  return { field, words: buttons[odd.index] ? `button ${odd.index} ${words}` : `there is no button ${odd.index}` };
}

function needs(button: { type: string; url?: string }): boolean {
  const [member] = takes(button);
  return member === 'url' || member === 'code';
}

/** What of a button a send fills in, by its type. One-time codes go as the rest of a link. */
function takes(button: { type: string; url?: string } | undefined): ('url' | 'code' | 'payload')[] {
  switch (button?.type) {
    case 'URL':
      return button.url === undefined || button.url.includes('{{') ? ['url'] : [];
    case 'OTP':
      return ['url'];
    case 'COPY_CODE':
      return ['code'];
    case 'QUICK_REPLY':
    case 'POSTBACK':
      return ['payload'];
    default:
      return [];
  }
}

function filled(text: string, values: Values): string {
  const known = placesIn(text).map((place, index) => [place, valueAt(values, place, index)] as const);
  const byPlace = new Map(known);
  return text.replaceAll(PLACE, (whole, place: string) => byPlace.get(place) ?? whole);
}

/** A list fills the places in the order of their numbers. */
function valueAt(values: Values, place: string, index: number): string | undefined {
  if (Array.isArray(values)) return values[/^\d+$/.test(place) ? Number(place) - 1 : index];
  return values !== undefined && Object.hasOwn(values, place) ? values[place] : undefined;
}

/** "Param text cannot have new-line/tab characters or more than 4 consecutive spaces". */
function isValue(value: string): boolean {
  return value.trim() !== '' && !/[\n\r\t]| {4}/.test(value);
}

const noneTaken = 'the template takes none';
const wantedValue = 'must be one line of text, without tabs and without four spaces in a row';

function wantedForm(places: string[]): string {
  const numbered = places.every((place) => /^\d+$/.test(place));
  return numbered
    ? `must be a list of ${places.length}: the template's variables are numbered`
    : `must be given by name: ${places.join(', ')}`;
}

function wantedCount(given: number, wanted: number): string {
  return wanted === 0 ? noneTaken : `has ${given} values; the template takes ${wanted}`;
}

function wantedHeader(format: string): string {
  return format === 'LOCATION'
    ? 'must be a place (latitude, longitude)'
    : `must be a file of type ${format.toLowerCase()}`;
}
