import type { Body, Template } from '../../domain/body.ts';
import type { Problem } from '../../domain/problem.ts';
import { checkText, firstOf, unprocessable } from '../shared/limits.ts';
import { checkBody } from '../shared/meta-limits.ts';
import { capabilities as can } from './capabilities.ts';
import { manifest } from './manifest.ts';

/** The limits of the Send API, and those of utility templates, which are named and worded as WhatsApp's are. */
export function check(body: Body): Problem | undefined {
  return body.type === 'template' ? checkTemplate(body.template) : checkBody(body, { label: manifest.label, can });
}

function checkTemplate({ name, language, parameters, header, buttons = [] }: Template): Problem | undefined {
  return firstOf([
    /^[a-z0-9_]{1,512}$/.test(name) ? undefined : unprocessable('invalid', 'template.name must be a-z, 0-9 and _'),
    /^[a-z]{2,3}(_[A-Za-z]{2,4})?$/.test(language)
      ? undefined
      : unprocessable('invalid', 'template.language must look like en or en_US'),
    ...checkValues('template.parameters', parameters),
    ...checkHeader(header),
    ...buttons.map((button, index) => checkButton(button, `template.buttons[${index}]`)),
  ]);
}

function checkValues(field: string, values: Template['parameters']): (Problem | undefined)[] {
  return Object.entries(values ?? {}).map(([key, value]) =>
    checkText(value, { field: `${field}.${key}`, max: 1024, unit: 'characters' }),
  );
}

/** A template has its picture from when it was made: only its words can be given with a send ("Utility messages"). */
function checkHeader(header: Template['header']): (Problem | undefined)[] {
  if (header === undefined) return [];
  if ('parameters' in header) return checkValues('template.header.parameters', header.parameters);
  return [unprocessable('unsupported_field', `template.header takes words only on ${manifest.label}`)];
}

function checkButton({ url, payload }: NonNullable<Template['buttons']>[number], field: string): Problem | undefined {
  if (url !== undefined) return checkText(url, { field: `${field}.url`, max: 2000, unit: 'characters' });
  return checkText(payload, { field: `${field}.payload`, max: 1000, unit: 'characters' });
}
