import type { Body, Template } from '../../domain/body.ts';
import type { Problem } from '../../domain/problem.ts';
import { checkTemplateName, checkText, firstOf, inCharacters, unprocessable } from '../shared/limits.ts';
import { checkBody } from '../shared/meta-limits.ts';
import { capabilities as can } from './capabilities.ts';
import { manifest } from './manifest.ts';

/** The limits of the Send API, and those of utility templates, which are named and worded as WhatsApp's are. */
export function check(body: Body): Problem | undefined {
  return body.type === 'template' ? checkTemplate(body.template) : checkBody(body, { label: manifest.label, can });
}

function checkTemplate(template: Template): Problem | undefined {
  const { parameters, header, buttons = [] } = template;
  return firstOf([
    checkTemplateName(template),
    ...checkValues('template.parameters', parameters),
    ...checkHeader(header),
    ...buttons.map((button, index) => checkButton(button, `template.buttons[${index}]`)),
  ]);
}

function checkValues(field: string, values: Template['parameters']): (Problem | undefined)[] {
  return Object.entries(values ?? {}).map(([key, value]) => checkText(value, inCharacters(`${field}.${key}`, 1024)));
}

/** A template has its picture from when it was made: only its words can be given with a send ("Utility messages"). */
function checkHeader(header: Template['header']): (Problem | undefined)[] {
  if (header === undefined) return [];
  if ('parameters' in header) return checkValues('template.header.parameters', header.parameters);
  return [unprocessable('unsupported_field', `template.header takes words only on ${manifest.label}`)];
}

function checkButton({ url, payload }: NonNullable<Template['buttons']>[number], field: string): Problem | undefined {
  return url === undefined
    ? checkText(payload, inCharacters(`${field}.payload`, 1000))
    : checkText(url, inCharacters(`${field}.url`, 2000));
}
