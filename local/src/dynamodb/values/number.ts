import { validation } from '../errors.ts';

/** A decimal number: sign x 0.d1d2d3... x 10^exponent. `digits` has no zero at either end; zero has no digits. */
export type Decimal = { sign: -1 | 0 | 1; digits: string; exponent: number };

const ZERO: Decimal = { sign: 0, digits: '', exponent: 0 };
const SYNTAX = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,9}))?$/;
const CANONICAL_INTEGER = /^(?:0|-?[1-9]\d{0,37})$/;

// Limits from "Supported data types": 38 digits, 1E-130 to 9.99...E+125 in magnitude.
const MAX_DIGITS = 38;
export const MIN_EXPONENT = -129;
const MAX_EXPONENT = 126;

/** Reads a number as DynamoDB does; refuses what is no number, too precise, too large or too small. */
export function parseNumber(text: string): Decimal {
  const [, sign, whole = '', fraction = '', power = '0'] = SYNTAX.exec(text) ?? [];
  if (whole + fraction === '') throw validation(`The parameter cannot be converted to a numeric value: ${text}`);
  const significant = (whole + fraction).replace(/^0+/, '');
  const digits = significant.replace(/0+$/, '');
  if (digits === '') return ZERO;
  const leadingZeros = whole.length + fraction.length - significant.length;
  return withinLimits({ sign: sign === '-' ? -1 : 1, digits, exponent: whole.length - leadingZeros + Number(power) });
}

/** The one text DynamoDB returns for a number: plain digits, nothing to trim. */
export function canonicalNumber(text: string): string {
  return CANONICAL_INTEGER.test(text) ? text : formatNumber(parseNumber(text));
}

export function compareNumbers(left: string, right: string): number {
  const a = parseNumber(left);
  const b = parseNumber(right);
  if (a.sign !== b.sign) return a.sign - b.sign;
  if (a.exponent !== b.exponent) return a.sign * (a.exponent - b.exponent);
  if (a.digits === b.digits) return 0;
  return a.digits < b.digits ? -a.sign : a.sign;
}

export function addNumbers(left: string, right: string): string {
  const [a, b] = [parseNumber(left), parseNumber(right)];
  const scale = Math.min(scaleOf(a), scaleOf(b));
  return formatNumber(parseNumber(`${integerAt(a, scale) + integerAt(b, scale)}e${scale}`));
}

export function subtractNumbers(left: string, right: string): string {
  return addNumbers(left, right.startsWith('-') ? right.slice(1) : `-${right}`);
}

function withinLimits(number: Decimal): Decimal {
  if (number.digits.length > MAX_DIGITS)
    throw validation('Attempting to store more than 38 significant digits in a Number');
  if (number.exponent > MAX_EXPONENT)
    throw validation('Number overflow. Attempting to store a number with magnitude larger than supported range');
  if (number.exponent < MIN_EXPONENT)
    throw validation('Number underflow. Attempting to store a number with magnitude smaller than supported range');
  return number;
}

function formatNumber({ sign, digits, exponent }: Decimal): string {
  if (sign === 0) return '0';
  const minus = sign < 0 ? '-' : '';
  if (exponent <= 0) return `${minus}0.${'0'.repeat(-exponent)}${digits}`;
  if (exponent >= digits.length) return minus + digits.padEnd(exponent, '0');
  return `${minus}${digits.slice(0, exponent)}.${digits.slice(exponent)}`;
}

/** The power of ten of the last digit. */
function scaleOf(number: Decimal): number {
  return number.exponent - number.digits.length;
}

function integerAt(number: Decimal, scale: number): bigint {
  return BigInt(number.sign) * BigInt(number.digits || '0') * 10n ** BigInt(scaleOf(number) - scale);
}
