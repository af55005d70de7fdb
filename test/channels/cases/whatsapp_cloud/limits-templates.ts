import { asciiLimit, link, type LimitCase } from '../cases.ts';
import { header, template } from './bodies.ts';

export const templateLimits: LimitCase[] = [
  asciiLimit(
    'template name',
    512,
    (name) => ({ type: 'template', template: { name, language: 'en' } }),
    /template\.name/,
  ),
  asciiLimit('template value', 1024, (value) => template([value]), /parameters\.0 has 1025/),
  asciiLimit(
    'header value',
    60,
    (value) => template([], { header: { parameters: [value] } }),
    /template\.header\.parameters\.0 has 61/,
  ),
  asciiLimit(
    'coupon',
    20,
    (code) => template([], { buttons: [{ index: 0, code }] }),
    /template\.buttons\[0\]\.code has 21/,
  ),
  {
    name: 'a web link above a template',
    fits: template([], { header: header('document') }),
    breaks: template([], { header: { type: 'document', media: link('file:///etc/passwd') } }),
    problem: /template\.header\.url must be an http/,
  },
  {
    name: 'the place above a template',
    fits: template([], { header: { latitude: 90, longitude: 0 } }),
    breaks: template([], { header: { latitude: 91, longitude: 0 } }),
    problem: /latitude is 91/,
  },
  {
    name: 'each button of a template once',
    fits: template([], {
      buttons: [
        { index: 0, url: 'a' },
        { index: 1, payload: 'b' },
      ],
    }),
    breaks: template([], {
      buttons: [
        { index: 1, url: 'a' },
        { index: 1, payload: 'b' },
      ],
    }),
    problem: /template\.buttons\[1\] repeats/,
  },
  {
    name: 'template values in one line',
    fits: template(['a   b']),
    breaks: template(['a\nb']),
    problem: /line breaks/,
  },
  {
    name: 'template values without gaps',
    fits: template(['a   b']),
    breaks: template(['a    b']),
    problem: /four spaces/,
  },
];
