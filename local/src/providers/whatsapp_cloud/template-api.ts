import { json, type Answer, type Call } from '../http.ts';
import { isRecord, parseJson, type Json } from '../../json.ts';
import { recordsAt, textAt } from '../json.ts';
import { first, invalid, type Check } from '../meta/check.ts';
import type { Cloud } from './cloud.ts';
import { graphError } from './errors.ts';
import { each, lengthOf } from './params.ts';
import { categories, type Template, type TemplatePart } from './templates.ts';

/** `POST /{waba}/message_templates`: from then on it waits for Meta's decision. */
export function createTemplate(cloud: Cloud, business: string, call: Call): Answer {
  const body = parseJson(call.body.toString('utf8'));
  if (!isRecord(body)) return graphError(invalid('The body must be a JSON object'));
  const wrong = checkTemplate(body) ?? checkName(cloud, business, body);
  if (wrong) return graphError(wrong);
  const id = String(cloud.next('template', 2_000_000_001));
  const template: Template = {
    id,
    name: String(body['name']),
    language: String(body['language']),
    status: 'PENDING',
    category: body['category'] as Template['category'],
    parameter_format: body['parameter_format'] === 'NAMED' ? 'NAMED' : 'POSITIONAL',
    components: recordsAt(body, 'components') as unknown as TemplatePart[],
  };
  cloud.templates.put(business, template);
  return json(200, { id, status: template.status, category: template.category });
}

/** `DELETE /{waba}/message_templates?name=…&hsm_id=…` */
export function removeTemplate(cloud: Cloud, business: string, { query }: Call): Answer {
  const name = query.get('name');
  if (!name) return graphError(invalid('The parameter name is required.'));
  const gone = cloud.templates.remove(business, name, query.get('hsm_id') ?? undefined);
  return gone > 0
    ? json(200, { success: true })
    : graphError({ code: 100, subcode: 2_593_002, message: 'Message template not found' });
}

function checkTemplate(body: Json): Check {
  const parts = recordsAt(body, 'components');
  return first(
    () => (/^[a-z0-9_]{1,512}$/.test(textAt(body, 'name') ?? '') ? undefined : invalid('name must be a-z, 0-9 and _')),
    () =>
      /^[a-z]{2,3}(_[A-Z]{2})?$/.test(textAt(body, 'language') ?? '') ? undefined : invalid('language is not one'),
    () => ((categories as readonly unknown[]).includes(body['category']) ? undefined : invalid('category is not one')),
    () => (parts.some(({ type }) => type === 'BODY') ? undefined : invalid('components need a BODY')),
    () => each(parts, checkPart),
  );
}

const longest: Record<string, number> = { HEADER: 60, BODY: 1024, FOOTER: 60 };

function checkPart({ type, text = '' }: { type?: unknown; text?: unknown } & Json): Check {
  const max = longest[String(type)];
  if (max === undefined) return type === 'BUTTONS' ? undefined : invalid(`components: ${String(type)} is not a type`);
  if (lengthOf(String(text)) > max)
    return { code: 2_388_040, details: `${String(type)} is longer than ${max} characters` };
  const isLoose = type === 'BODY' && /^\s*\{\{\w+\}\}|\{\{\w+\}\}\s*$/.test(String(text));
  return isLoose ? { code: 2_388_299, details: 'Variables can not be at the start or end of the template' } : undefined;
}

function checkName(cloud: Cloud, business: string, body: Json): Check {
  const known = cloud.templates.of(business)(body['name'], body['language']);
  return known && { code: 2_388_023, details: 'There is already content for this template in this language' };
}
