import type { Json } from '../../json.ts';
import { recordAt, recordsAt, textAt } from '../json.ts';
import { first, invalid, object, required, type Check } from '../meta/check.ts';
import { checkMedia } from './media-params.ts';
import { each, lengthOf, list, onlyKeys, text } from './params.ts';
import { isSendable, type FindTemplate, type Template, type TemplateButton, type TemplatePart } from './templates.ts';

/** A template message against the template it names. */
export function checkTemplate(message: Json, find: FindTemplate): Check {
  const language = recordAt(message, 'language');
  const policy = language['policy'] ?? 'deterministic';
  return first(
    () => onlyKeys(message, 'template', ['name', 'language', 'components']),
    () => text(message['name'], "template['name']", 512),
    () => object(message['language'], "template['language']"),
    () => onlyKeys(language, "template['language']", ['code', 'policy']),
    () => text(language['code'], "template['language']['code']", 16),
    () =>
      policy === 'deterministic'
        ? undefined
        : invalid("Param template['language']['policy'] must be one of {DETERMINISTIC}."),
    () =>
      message['components'] === undefined ? undefined : list(message['components'], "template['components']", 0, 20),
    () => checkAgainst(message, find(message['name'], language['code']), find),
  );
}

function checkAgainst(message: Json, template: Template | undefined, find: FindTemplate): Check {
  if (template?.status === 'PAUSED') return { code: 132015, details: `template ${template.name} is paused` };
  if (template?.status === 'DISABLED') return { code: 132016, details: `template ${template.name} is disabled` };
  if (!template || !isSendable(template)) return unknownTemplate(message);
  const components = recordsAt(message, 'components');
  return first(
    () => each(components, (component, index) => checkComponent(component, index)),
    () => checkHeader(template, components),
    () => checkTexts('body', bodyOf(template), template, components),
    () => checkButtons(template, components),
    () =>
      lengthOf(hydrate(message, find)) <= 1024
        ? undefined
        : { code: 132005, details: 'body: text is longer than 1024 characters' },
  );
}

function unknownTemplate(message: Json): Check {
  const code = recordAt(message, 'language')['code'];
  return { code: 132001, details: `template name (${String(message['name'])}) does not exist in ${String(code)}` };
}

function checkComponent(component: Json, index: number): Check {
  const path = `template['components'][${index}]`;
  const type = String(component['type']).toLowerCase();
  if (!['header', 'body', 'button'].includes(type))
    return invalid(`Param ${path}['type'] must be one of {HEADER, BODY, BUTTON}.`);
  const isIndex = /^\d$/.test(textAt(component, 'index') ?? '');
  return first(
    () => onlyKeys(component, path, ['type', 'sub_type', 'index', 'parameters']),
    () => list(component['parameters'], `${path}['parameters']`, 1, 50),
    () => (type !== 'button' || isIndex ? undefined : required(`${path}['index']`)),
  );
}

function checkHeader(template: Template, components: readonly Json[]): Check {
  const header = template.components.find((part) => part.type === 'HEADER');
  const parameters = parametersOf(components, 'header');
  if (!header || header.format === 'TEXT') return checkTexts('header', header?.text ?? '', template, components);
  const format = header.format.toLowerCase();
  const [parameter] = parameters;
  if (parameters.length !== 1 || !parameter) return countMismatch('header', parameters.length, 1);
  if (parameter['type'] !== format)
    return {
      code: 132012,
      details: `header: Format mismatch, expected ${header.format}, received ${String(parameter['type'])}`,
    };
  return format === 'location' ? undefined : checkMedia(parameter, format, format === 'document' ? ['filename'] : []);
}

function checkTexts(part: string, pattern: string, template: Template, components: readonly Json[]): Check {
  const names = variablesOf(pattern);
  const parameters = parametersOf(components, part);
  if (parameters.length !== names.length) return countMismatch(part, parameters.length, names.length);
  const wrong = parameters.find((parameter) => !['text', 'currency', 'date_time'].includes(String(parameter['type'])));
  if (wrong)
    return { code: 132012, details: `${part}: Format mismatch, expected TEXT, received ${String(wrong['type'])}` };
  return first(
    () => (template.parameter_format === 'NAMED' ? checkNames(part, names, parameters) : undefined),
    () => each(parameters, checkValue),
  );
}

function checkNames(part: string, names: readonly string[], parameters: readonly Json[]): Check {
  const missing = names.find((name) => !parameters.some((parameter) => parameter['parameter_name'] === name));
  return missing === undefined ? undefined : invalid(`Parameter name is missing or empty: ${part} needs ${missing}`);
}

/** A value is one line, without tabs and without four spaces in a row. */
function checkValue(parameter: Json): Check {
  if (parameter['type'] !== 'text') return undefined;
  const value = parameter['text'];
  if (typeof value !== 'string' || value === '')
    return { code: 131008, details: 'Parameter of type text is missing text value' };
  if (!/[\n\t]| {4}/.test(value)) return undefined;
  return { code: 100, details: 'Param text cannot have new-line/tab characters or more than 4 consecutive spaces' };
}

function checkButtons(template: Template, components: readonly Json[]): Check {
  const buttons = template.components.find((part) => part.type === 'BUTTONS')?.buttons ?? [];
  const given = components.filter((component) => String(component['type']).toLowerCase() === 'button');
  const missing = buttons.findIndex(
    (button, index) => needsParameter(button) && !given.some((one) => Number(one['index']) === index),
  );
  if (missing >= 0)
    return {
      code: 131008,
      details: `Button at index ${missing} of type ${buttons[missing]?.type} requires a parameter`,
    };
  return each(given, (component) => checkButton(component, buttons[Number(component['index'])]));
}

const subTypes: Record<TemplateButton['type'], string> = {
  QUICK_REPLY: 'quick_reply',
  URL: 'url',
  COPY_CODE: 'copy_code',
  PHONE_NUMBER: 'voice_call',
};

function checkButton(component: Json, button: TemplateButton | undefined): Check {
  const [parameter = {}] = recordsAt(component, 'parameters');
  const index = String(component['index']);
  if (!button) return { code: 132000, details: `buttons: the template has no button at index ${index}` };
  if (String(component['sub_type']).toLowerCase() !== subTypes[button.type]) {
    return {
      code: 132012,
      details: `Button at index ${index} is of type ${button.type}, not ${String(component['sub_type'])}`,
    };
  }
  const [member, max] = (
    {
      QUICK_REPLY: ['payload', 256],
      URL: ['text', 2000],
      COPY_CODE: ['coupon_code', 20],
      PHONE_NUMBER: ['text', 20],
    } as const
  )[button.type];
  return text(parameter[member], `parameters[0]['${member}']`, max);
}

function needsParameter(button: TemplateButton): boolean {
  return button.type === 'COPY_CODE' || (button.url?.includes('{{') ?? false);
}

/** The template's words with the values in. */
export function hydrate(message: Json, find: FindTemplate): string {
  const template = find(message['name'], recordAt(message, 'language')['code']);
  if (!template) return '';
  const parameters = parametersOf(recordsAt(message, 'components'), 'body');
  const values = new Map(
    variablesOf(bodyOf(template)).map((name, index) => [name, valueOf(name, index, template, parameters)]),
  );
  return bodyOf(template).replaceAll(/\{\{(\w+)\}\}/g, (_whole, name: string) => values.get(name) ?? '');
}

function valueOf(name: string, index: number, template: Template, parameters: readonly Json[]): string {
  const isNamed = template.parameter_format === 'NAMED';
  const parameter = isNamed ? parameters.find((one) => one['parameter_name'] === name) : parameters[index];
  if (!parameter) return '';
  const kind = String(parameter['type']);
  return kind === 'text' ? String(parameter['text']) : (textAt(recordAt(parameter, kind), 'fallback_value') ?? '');
}

function bodyOf(template: Template): string {
  const body = template.components.find(
    (part): part is Extract<TemplatePart, { type: 'BODY' }> => part.type === 'BODY',
  );
  return body?.text ?? '';
}

/** The variables of a text, each once, in order. */
function variablesOf(pattern: string): string[] {
  return [...new Set([...pattern.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name))];
}

function parametersOf(components: readonly Json[], type: string): Json[] {
  return components
    .filter((component) => String(component['type']).toLowerCase() === type)
    .flatMap((component) => recordsAt(component, 'parameters'));
}

function countMismatch(part: string, given: number, expected: number): Check {
  return {
    code: 132000,
    details: `${part}: number of localizable_params (${given}) does not match the expected number of params (${expected})`,
  };
}
