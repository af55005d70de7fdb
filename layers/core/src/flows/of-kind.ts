import * as v from 'valibot';
import { anyObject, object, oneOf } from '../domain/fields.ts';
import { fieldsOf } from '../domain/json-value.ts';

type OfKind<T extends Record<string, v.ObjectEntries>> = {
  [K in keyof T]: { kind: K } & v.InferOutput<v.ObjectSchema<T[K], undefined>>;
}[keyof T];

/** An object of one of several kinds, which its `kind` tells apart. What is of none of them fails by its kind. */
export function ofKind<const T extends Record<string, v.ObjectEntries>>(kinds: T): v.GenericSchema<unknown, OfKind<T>> {
  const schemas = new Map<unknown, v.GenericSchema>(
    Object.entries(kinds).map(([kind, members]) => [kind, object({ kind: v.literal(kind), ...members })]),
  );
  const none = v.pipe(anyObject(), v.looseObject({ kind: oneOf(Object.keys(kinds)) }, 'is required'));
  return v.lazy((value) => schemas.get(fieldsOf(value)['kind']) ?? none) as v.GenericSchema<unknown, OfKind<T>>;
}
