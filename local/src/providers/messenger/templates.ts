import { isRecord, recordAt, recordsAt, textAt, type Json } from '../json.ts';
import { first, invalid, type Check } from '../meta/errors.ts';
import { object, onlyKeys } from '../meta/params.ts';

/** The approved utility templates of every page. */
const templates = [
  { name: 'order_update', language: 'en', body: 'Order {{1}}: {{2}}' },
  { name: 'order_update', language: 'ar', body: 'طلب رقم {{1}}: {{2}}' },
];

export function checkTemplate(template: unknown): Check {
  const given = isRecord(template) ? template : {};
  const named = templateOf(given);
  return first(
    () => object(template, 'message[template]'),
    () => onlyKeys(given, 'message[template]', ['name', 'language', 'components']),
    () => (named ? undefined : invalid('The template is not approved or not there in this language')),
    () =>
      named && valuesOf(given).length === placesIn(named.body)
        ? undefined
        : invalid('The number of parameters does not match the template'),
  );
}

/** With its values filled in. */
export function shownTemplate(template: Json): string {
  const values = valuesOf(template);
  return (templateOf(template)?.body ?? '').replaceAll(/\{\{(\d+)\}\}/g, (_, place) => values[Number(place) - 1] ?? '');
}

function templateOf(template: Json) {
  const language = recordAt(template, 'language')['code'];
  return templates.find((one) => one.name === template['name'] && one.language === language);
}

function valuesOf(template: Json): string[] {
  const body = recordsAt(template, 'components').find(({ type }) => type === 'body') ?? {};
  return recordsAt(body, 'parameters').map((parameter) => textAt(parameter, 'text') ?? '');
}

function placesIn(body: string): number {
  return body.split('{{').length - 1;
}
