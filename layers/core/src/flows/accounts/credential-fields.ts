import type { GenericSchema } from 'valibot';
import { compact } from '../../domain/compact.ts';
import type { Misfit } from '../../domain/fields.ts';
import { readOrRefuse, refuseMisfit } from '../../domain/misfit.ts';
import type { Result } from '../../domain/problem.ts';

/** One thing an account's credentials hold. */
export interface CredentialField {
  name: string;
  required: boolean;
  /** what it must be one of */
  choices?: string[];
}

/** One way to connect: channels that know several tell them apart by `kind`. */
export interface CredentialForm {
  kind?: string;
  fields: CredentialField[];
}

/** What the credentials of a channel hold, read off their schema. */
export function credentialForms(schema: GenericSchema): CredentialForm[] {
  return optionsOf(schema).map((option) => {
    const kind = kindOf(option);
    const fields = Object.entries(entriesOf(option)).filter(([name]) => name !== 'kind' || kind === undefined);
    return { ...compact({ kind }), fields: fields.map(([name, entry]) => fieldOf(name, entry)) };
  });
}

/** Credentials as the channel's schema reads them, or the first thing wrong, named `credentials.x`. */
export function readCredentials(schema: GenericSchema, value: unknown): Result<unknown> {
  const options = optionsOf(schema);
  const teller = tellerOf(options);
  const told = (value as Record<string, unknown> | null | undefined)?.[teller];
  const option = options.length === 1 ? schema : options.find((one) => literalOf(one, teller) === told);
  if (!option) return refuseMisfit(unknownForm(teller, told, options), ['credentials']);
  const read = readOrRefuse(option as GenericSchema, value, ['credentials']);
  return read.ok ? readOrRefuse(schema, value, ['credentials']) : read;
}

function unknownForm(teller: string, told: unknown, options: Schema[]): Misfit {
  const among = `one of ${options.map((option) => literalOf(option, teller)).join(', ')}`;
  return told === undefined
    ? { path: [teller], words: `is required: ${among}`, code: 'missing_field' }
    : { path: [teller], words: `must be ${among}`, code: 'invalid_field' };
}

/** As much of Valibot's schemas as this reads. */
interface Schema {
  type: string;
  options?: unknown;
  pipe?: Schema[];
  entries?: Record<string, Schema>;
  wrapped?: Schema;
  literal?: unknown;
}

function optionsOf(schema: unknown): Schema[] {
  const { type, options, pipe } = schema as Schema;
  if ((type === 'union' || type === 'variant') && Array.isArray(options)) return options.flatMap(optionsOf);
  const inner = pipe?.find((part) => part !== schema && (part.type === 'union' || part.type === 'variant'));
  return inner ? optionsOf(inner) : [schema as Schema];
}

function entriesOf({ entries, pipe }: Schema): Record<string, Schema> {
  if (entries) return entries;
  return (
    pipe
      ?.map((part) => (part.entries || part.pipe ? entriesOf(part) : {}))
      .find((found) => Object.keys(found).length > 0) ?? {}
  );
}

/** The field whose fixed word tells several forms apart: `kind`, but Instagram's `login`. */
function tellerOf([first]: Schema[]): string {
  const fixed = Object.entries(first ? entriesOf(first) : {}).find(([, { type }]) => type === 'literal');
  return fixed?.[0] ?? 'kind';
}

function kindOf(option: Schema): string | undefined {
  return literalOf(option, 'kind');
}

function literalOf(option: Schema, name: string): string | undefined {
  const literal = entriesOf(option)[name]?.literal;
  return typeof literal === 'string' ? literal : undefined;
}

function fieldOf(name: string, entry: Schema): CredentialField {
  const required = !['optional', 'nullish', 'exact_optional'].includes(entry.type);
  const { type, options, literal } = entry.wrapped ?? entry;
  const among = type === 'literal' ? [literal] : options;
  const choices = (type === 'picklist' || type === 'literal') && Array.isArray(among) ? among.map(String) : undefined;
  return { name, required, ...(choices ? { choices } : {}) };
}
