import { isRecord, type Json } from '../../json.ts';

/** Members of an object as `fields` asks for them (`id,name,linked{id}`), with its id; or the first that the object can't have. */
export function select(object: Json, fields: string): { value: Json } | { unknown: string } {
  const asked = [...fields.matchAll(/(\w+)(?:\{([^}]*)\})?/g)].map(([, name = '', inner]) => ({ name, inner }));
  const unknown = asked.find(({ name }) => !known.has(name) && !(name in object));
  if (unknown) return { unknown: unknown.name };
  const entries = asked.flatMap(({ name, inner }): [string, unknown][] => {
    const value = object[name];
    if (value === undefined) return [];
    const part = inner !== undefined && isRecord(value) ? select(value, inner) : { value };
    return 'value' in part ? [[name, part.value]] : [];
  });
  return { value: { ...Object.fromEntries(entries), ...('id' in object && { id: object['id'] }) } };
}

/** Members that an object has only sometimes. */
const known = new Set(['instagram_business_account', 'profile_pic', 'profile_picture_url', 'last_name', 'name']);
