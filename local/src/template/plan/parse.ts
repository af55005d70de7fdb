import * as z from 'zod/mini';
import type { Resource } from '../scope.ts';

/** The properties of a resource as the schema reads them. Throws with the resource's logical id and type. */
export function parseProperties<Schema extends z.ZodMiniType>(schema: Schema, resource: Resource): z.infer<Schema> {
  const result = schema.safeParse(resource.properties);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  return fail(resource, `${issue?.path.join('.')}: ${issue?.message}`);
}

export function fail(resource: Resource, message: string): never {
  throw new Error(`${resource.id} (${resource.type}): ${message}`);
}

export function ofType(resources: readonly Resource[], ...types: string[]): Resource[] {
  return resources.filter(({ type }) => types.includes(type));
}

/** The last part of an ARN: `arn:aws:sqs:us-east-1:000000000000:name` is `name`, a table's stream is the table. */
export function nameFromArn(arn: string): string {
  const resource = arn.split(':').slice(5).join(':');
  return resource.replace(/^(table|function|layer)[/:]/, '').replace(/[/:].*$/, '');
}

/** CloudFormation takes numbers and booleans as text too. */
export const number = z.coerce.number();
export const boolean = z.pipe(
  z.union([z.boolean(), z.literal(['true', 'false'])]),
  z.transform((value) => value === true || value === 'true'),
);
