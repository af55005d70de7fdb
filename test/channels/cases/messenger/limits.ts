import type { Body, Template } from '@parley/core/domain/body.ts';
import { asciiLimit, link, textLimits, type LimitCase } from '../cases.ts';
import { file } from '../bodies.ts';
import { sharedLimits } from '../meta/limits.ts';

function template(more: Partial<Template>): Body {
  return { type: 'template', template: { name: 'a', language: 'en', ...more } };
}

export const limits: LimitCase[] = [
  ...textLimits('text', 2000, 2, (text) => ({ type: 'text', text }), /message has 200[12] characters/),
  asciiLimit('template value', 1024, (value) => template({ parameters: [value] }), /parameters\.0 has 1025/),
  asciiLimit('template name', 512, (name) => template({ name }), /template\.name/),
  {
    name: 'template language',
    fits: template({ language: 'en_US' }),
    breaks: template({ language: 'english' }),
    problem: /template\.language/,
  },
  asciiLimit(
    'value of a template header',
    1024,
    (value) => template({ header: { parameters: [value] } }),
    /header\.parameters\.0 has 1025/,
  ),
  {
    name: 'a header of words',
    fits: template({ header: { parameters: { order_type: 'Order' } } }),
    breaks: template({ header: { type: 'image', media: link(file) } }),
    problem: /header takes words only/,
  },
  asciiLimit(
    'what a template button sends back',
    1000,
    (payload) => template({ buttons: [{ index: 0, payload }] }),
    /buttons\[0\]\.payload has 1001/,
  ),
  {
    name: 'something in a template button',
    fits: template({ buttons: [{ index: 0, url: '42' }] }),
    breaks: template({ buttons: [{ index: 0, code: 'WINTER' }] }),
    problem: /buttons\[0\]\.payload must not be empty/,
  },
  ...sharedLimits,
];
