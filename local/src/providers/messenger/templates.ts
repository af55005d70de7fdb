import { isRecord, type Json } from '../../json.ts';
import { recordAt, recordsAt, textAt } from '../json.ts';
import { first, invalid, object, type Check } from '../meta/check.ts';
import { onlyKeys, oneOf } from '../meta/params.ts';

interface Template {
  id: string;
  name: string;
  language: string;
  header?: string;
  body: string;
  buttons?: { type: 'POSTBACK' | 'URL'; text: string; url?: string; payload?: string }[];
}

const track = { type: 'URL', text: 'Track', url: 'https://shop.example/orders/{{1}}' } as const;
const question = { type: 'POSTBACK', text: 'Ask us', payload: 'ASK_{{1}}' } as const;

/** The approved utility templates of every page. */
const library: Template[] = [
  { id: '7635027653257090', name: 'order_update', language: 'en', body: 'Order {{1}}: {{2}}' },
  { id: '7635027653257091', name: 'order_update', language: 'ar', body: 'طلب رقم {{1}}: {{2}}' },
  {
    id: '7635027653257092',
    name: 'order_shipped',
    language: 'en',
    header: '{{order_type}} on its way',
    body: 'Good news, {{customer_name}}.',
    buttons: [track, question],
  },
];

/** As they are listed. */
export const templates: Json[] = library.map((template) => ({ ...template, category: 'UTILITY', status: 'APPROVED' }));

export function checkTemplate(template: unknown): Check {
  const given = isRecord(template) ? template : {};
  const named = templateOf(given);
  const components = recordsAt(given, 'components');
  return first(
    () => object(template, 'message[template]'),
    () => onlyKeys(given, 'message[template]', ['name', 'language', 'components']),
    () => (named ? undefined : invalid('The template is not approved or not there in this language')),
    ...components.map(
      ({ type }) =>
        () =>
          oneOf(type, 'components[type]', ['header', 'body', 'buttons']),
    ),
    () => (named ? checkValues(named, given) : undefined),
  );
}

/** With its values filled in. */
export function shownTemplate(template: Json): string {
  const named = templateOf(template);
  const parts = [
    filled(named?.header ?? '', parametersOf(template, 'header')),
    filled(named?.body ?? '', parametersOf(template, 'body')),
  ];
  return parts.filter(Boolean).join('\n');
}

function checkValues(named: Template, given: Json): Check {
  const buttons = parametersOf(given, 'buttons');
  return first(
    () => fits(named.header ?? '', parametersOf(given, 'header')),
    () => fits(named.body, parametersOf(given, 'body')),
    () => (buttons.length === (named.buttons ?? []).length ? undefined : mismatch('buttons')),
    ...buttons.map((button, index) => () => checkButton(button, named.buttons?.[index]?.type)),
  );
}

function checkButton(button: Json, type: string | undefined): Check {
  const value = type === 'URL' ? button['url'] : button['payload'];
  if (button['type'] !== type) return invalid(`The type of the button is ${type}`);
  return typeof value === 'string' && value !== '' ? undefined : invalid('The button has nothing to fill in');
}

/** By place, or, where the template has names, by name. */
function fits(text: string, parameters: Json[]): Check {
  const places = placesIn(text);
  const given = parameters.map((parameter, index) => textAt(parameter, 'parameter_name') ?? String(index + 1));
  const isFit = places.length === given.length && places.every((place) => given.includes(place));
  return isFit && parameters.every(({ type }) => type === 'text') ? undefined : mismatch('parameters');
}

function mismatch(what: string): Check {
  return invalid(`The ${what} do not match the template`);
}

function filled(text: string, parameters: Json[]): string {
  const values = new Map(
    parameters.map((one, index) => [textAt(one, 'parameter_name') ?? String(index + 1), textAt(one, 'text') ?? '']),
  );
  return text.replaceAll(/\{\{(\w+)\}\}/g, (_, place: string) => values.get(place) ?? '');
}

function templateOf(template: Json): Template | undefined {
  const language = recordAt(template, 'language')['code'];
  return library.find((one) => one.name === template['name'] && one.language === language);
}

function parametersOf(template: Json, type: string): Json[] {
  return recordsAt(recordsAt(template, 'components').find((one) => one['type'] === type) ?? {}, 'parameters');
}

function placesIn(text: string): string[] {
  return [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, place = '']) => place);
}
