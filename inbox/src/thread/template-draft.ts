import type { FilledTemplate, TemplateRow } from '../api/library-rows.ts';
import { placesIn } from '../text/placeholders.ts';

/** Something that a template wants to be told. `of`: which part of it. */
export interface Blank {
  key: string;
  of: 'header' | 'body' | 'file' | 'latitude' | 'longitude' | 'button';
  /** the variable, or what the button says */
  name: string;
}

export type Blanks = Readonly<Record<string, string>>;

/** Everything there is to fill in, in the order in which the customer will read it. */
export function blanksOf({ header, body, buttons }: TemplateRow): Blank[] {
  return [
    ...blanksOfHeader(header),
    ...placesIn(body).map((name): Blank => ({ key: `body ${name}`, of: 'body', name })),
    ...buttons.flatMap((button, index): Blank[] =>
      isOpen(button) ? [{ key: `button ${index}`, of: 'button', name: button.text }] : [],
    ),
  ];
}

/** The template with its blanks filled in, as a send names it. */
export function filledTemplate(template: TemplateRow, blanks: Blanks): FilledTemplate {
  const { name, language, header, body, buttons } = template;
  const open = buttons.flatMap((button, index) => (isOpen(button) ? [valueOfButton(button, index, blanks)] : []));
  const parameters = valuesOf('body', placesIn(body), blanks);
  const top = headerOf(header, blanks);
  return {
    name,
    language,
    ...(parameters && { parameters }),
    ...(top && { header: top }),
    ...(open.length > 0 && { buttons: open }),
  };
}

function blanksOfHeader(header: TemplateRow['header']): Blank[] {
  switch (header?.format) {
    case 'TEXT':
      return placesIn(header.text).map((name) => ({ key: `header ${name}`, of: 'header', name }));
    case 'LOCATION':
      return (['latitude', 'longitude'] as const).map((of) => ({ key: of, of, name: of }));
    case 'IMAGE':
    case 'VIDEO':
    case 'DOCUMENT':
      return [{ key: 'file', of: 'file', name: header.format }];
    default:
      return [];
  }
}

function headerOf(header: TemplateRow['header'], blanks: Blanks): object | undefined {
  switch (header?.format) {
    case 'TEXT': {
      const parameters = valuesOf('header', placesIn(header.text), blanks);
      return parameters && { parameters };
    }
    case 'LOCATION':
      return { latitude: Number(blanks['latitude']), longitude: Number(blanks['longitude']) };
    case 'IMAGE':
    case 'VIDEO':
    case 'DOCUMENT':
      return { type: header.format.toLowerCase(), url: blanks['file'] ?? '' };
    default:
      return undefined;
  }
}

/** A list where the variables are numbered, by name where they have names. */
function valuesOf(part: string, places: string[], blanks: Blanks): FilledTemplate['parameters'] {
  if (places.length === 0) return undefined;
  const value = (place: string) => blanks[`${part} ${place}`]?.trim() ?? '';
  if (places.some((place) => !/^\d+$/.test(place)))
    return Object.fromEntries(places.map((place) => [place, value(place)]));
  return places.toSorted((one, other) => Number(one) - Number(other)).map(value);
}

function isOpen({ type, url }: TemplateRow['buttons'][number]): boolean {
  return type === 'COPY_CODE' || type === 'OTP' || (type === 'URL' && (url?.includes('{{') ?? false));
}

function valueOfButton({ type }: TemplateRow['buttons'][number], index: number, blanks: Blanks) {
  const value = blanks[`button ${index}`]?.trim() ?? '';
  return type === 'COPY_CODE' ? { index, code: value } : { index, url: value };
}
