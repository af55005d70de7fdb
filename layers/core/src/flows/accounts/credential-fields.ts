import type { GenericSchema } from 'valibot';
import { readFields } from '../../domain/fields.ts';
import { refuse } from '../../domain/problem.ts';
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
    return { ...(kind === undefined ? {} : { kind }), fields: fields.map(([name, entry]) => fieldOf(name, entry)) };
  });
}

/** Credentials as the channel's schema reads them, or the first thing wrong, named `credentials.x`. */
export function readCredentials(schema: GenericSchema, value: unknown): Result<unknown> {
  const options = optionsOf(schema);
  const kinds = options.flatMap((option) => kindOf(option) ?? []);
  const kind = (value as { kind?: unknown } | null | undefined)?.kind;
  const option = options.length === 1 ? schema : options.find((one) => kindOf(one) === kind);
  if (!option) return misfit(['kind'], `must be one of ${kinds.join(', ')}`);
  const read = readFields(option as GenericSchema, value);
  if (!read.ok) return misfit(read.misfit.path, read.misfit.words);
  const whole = readFields(schema, value);
  return whole.ok ? { ok: true, value: whole.value } : misfit(whole.misfit.path, whole.misfit.words);
}

function misfit(path: string[], words: string) {
  const field = ['credentials', ...path].join('.');
  return refuse(400, 'invalid_field', `'${field}': ${words}`, { details: field });
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

function kindOf(option: Schema): string | undefined {
  const literal = entriesOf(option)['kind']?.literal;
  return typeof literal === 'string' ? literal : undefined;
}

function fieldOf(name: string, entry: Schema): CredentialField {
  const required = !['optional', 'nullish', 'exact_optional'].includes(entry.type);
  const { type, options } = entry.wrapped ?? entry;
  const choices = type === 'picklist' && Array.isArray(options) ? options.map(String) : undefined;
  return { name, required, ...(choices ? { choices } : {}) };
}
