import { isRecord } from '../json.ts';

/**
 * True when the value fits the event pattern, an AWS::Lambda::EventSourceMapping filter.
 * Rules: docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html#filtering-syntax
 */
export function fitsPattern(pattern: unknown, value: unknown): boolean {
  if (Array.isArray(pattern)) return pattern.some((rule) => fitsRule(rule, value));
  if (Array.isArray(value)) return value.some((item) => fitsPattern(pattern, item));
  if (!isRecord(pattern)) return false;
  return Object.entries(pattern).every(([name, part]) => {
    if (name === '$or' && Array.isArray(part)) return part.some((alternative) => fitsPattern(alternative, value));
    return fitsPattern(part, isRecord(value) ? value[name] : undefined);
  });
}

function fitsRule(rule: unknown, value: unknown): boolean {
  if (isRecord(rule) && 'exists' in rule) return rule['exists'] === (value !== undefined && !isRecord(value));
  const values: unknown[] = Array.isArray(value) ? value : [value];
  return values.some((each) => each !== undefined && (isRecord(rule) ? fitsComparison(rule, each) : rule === each));
}

function fitsComparison(rule: Record<string, unknown>, value: unknown): boolean {
  const [name = '', argument] = Object.entries(rule)[0] ?? [];
  switch (name) {
    case 'prefix':
      return typeof value === 'string' && value.startsWith(String(argument));
    case 'suffix':
      return typeof value === 'string' && value.endsWith(String(argument));
    case 'equals-ignore-case':
      return typeof value === 'string' && value.toLowerCase() === String(argument).toLowerCase();
    case 'anything-but':
      return !(Array.isArray(argument) ? argument : [argument]).some((each) => fitsRule(each, value));
    case 'numeric':
      return typeof value === 'number' && Array.isArray(argument) && fitsNumbers(argument, value);
    default:
      throw new Error(`The filter rule '${name}' is not supported`);
  }
}

const numberTests: Readonly<Record<string, (value: number, limit: number) => boolean>> = {
  '=': (value, limit) => value === limit,
  '<': (value, limit) => value < limit,
  '<=': (value, limit) => value <= limit,
  '>': (value, limit) => value > limit,
  '>=': (value, limit) => value >= limit,
};

function fitsNumbers(range: readonly unknown[], value: number): boolean {
  return range.every((operator, index) => {
    if (index % 2 === 1) return true;
    return numberTests[String(operator)]?.(value, Number(range[index + 1])) ?? false;
  });
}
