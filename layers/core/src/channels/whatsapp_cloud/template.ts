import type { Body, Template } from '../../domain/body.ts';
import type { Json } from '../shared/http.ts';
import { compact } from '../shared/read.ts';
import { headerFileOf, type MediaIds } from './upload.ts';

type Place = Extract<Body, { type: 'location' }>;

/** A template with what fills it in; a part without variables is left out. */
export function templateOf({ name, language, parameters, header, buttons = [] }: Template, ids: MediaIds): Json {
  const components = [
    ...(header ? componentOf('header', headerOf(header, ids)) : []),
    ...componentOf('body', valuesOf(parameters)),
    ...buttons.map(buttonOf),
  ];
  return { name, language: { code: language }, ...(components.length > 0 && { components }) };
}

function componentOf(type: 'header' | 'body', parameters: Json[]): Json[] {
  return parameters.length > 0 ? [{ type, parameters }] : [];
}

function headerOf(header: NonNullable<Template['header']>, ids: MediaIds): Json[] {
  if ('parameters' in header) return valuesOf(header.parameters);
  if ('media' in header) return [headerFileOf(header, ids)];
  return [{ type: 'location', location: placeOf(header) }];
}

/** Meta's own schema has the coordinates as text. */
export function placeOf({ latitude, longitude, name, address }: Omit<Place, 'type'>): Json {
  return { latitude: String(latitude), longitude: String(longitude), ...compact({ name, address }) };
}

/** By place, or by name where the template's variables have names. */
function valuesOf(parameters: Template['parameters']): Json[] {
  if (Array.isArray(parameters)) return parameters.map((text) => ({ type: 'text', text }));
  return Object.entries(parameters ?? {}).map(([name, text]) => ({ type: 'text', parameter_name: name, text }));
}

function buttonOf({ index, url, payload, code }: NonNullable<Template['buttons']>[number]): Json {
  const at = { type: 'button', index: String(index) };
  if (url !== undefined) return { ...at, sub_type: 'url', parameters: [{ type: 'text', text: url }] };
  if (code !== undefined)
    return { ...at, sub_type: 'copy_code', parameters: [{ type: 'coupon_code', coupon_code: code }] };
  return { ...at, sub_type: 'quick_reply', parameters: [{ type: 'payload', payload: payload ?? '' }] };
}
