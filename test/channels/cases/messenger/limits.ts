import { asciiLimit, textLimits, type LimitCase } from '../cases.ts';
import { sharedLimits } from '../meta/limits.ts';

export const limits: LimitCase[] = [
  ...textLimits('text', 2000, 2, (text) => ({ type: 'text', text }), /message has 200[12] characters/),
  asciiLimit(
    'template value',
    1024,
    (value) => ({ type: 'template', template: { name: 'a', language: 'en', parameters: [value] } }),
    /parameters\.0 has 1025/,
  ),
  asciiLimit(
    'template name',
    512,
    (name) => ({ type: 'template', template: { name, language: 'en' } }),
    /template\.name/,
  ),
  {
    name: 'template language',
    fits: { type: 'template', template: { name: 'a', language: 'en_US' } },
    breaks: { type: 'template', template: { name: 'a', language: 'english' } },
    problem: /template\.language/,
  },
  ...sharedLimits,
];
