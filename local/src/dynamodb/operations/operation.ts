import type * as z from 'zod/mini';
import type { Meter } from '../capacity/meter.ts';
import type { Engine } from '../engine.ts';
import { DynamoDbError, validation } from '../errors.ts';

export type Context = { engine: Engine; meter: Meter };

/** One operation of the API: takes the parsed JSON body, answers the JSON to send. */
export type Operation = (context: Context, body: unknown) => object;

/** Parameters that expressions replaced in 2014. To ignore a condition would be worse than to refuse it. */
const LEGACY = [
  'AttributesToGet',
  'AttributeUpdates',
  'ConditionalOperator',
  'Expected',
  'KeyConditions',
  'QueryFilter',
  'ScanFilter',
];

/** Makes an operation of a schema for its input and what to do with it. */
export function operation<Input>(
  schema: z.ZodMiniType<Input>,
  run: (context: Context, input: Input) => object,
): Operation {
  return (context, body) => {
    refuseLegacy(body);
    const parsed = schema.safeParse(body);
    if (!parsed.success) throw invalidInput(body, parsed.error.issues[0]);
    return run(context, parsed.data);
  };
}

function refuseLegacy(body: unknown): void {
  const legacy = LEGACY.find((name) => isObject(body) && body[name] !== undefined);
  if (legacy !== undefined)
    throw validation(`The legacy parameter ${legacy} is not supported here; use the expression that replaces it`);
}

/** A missing member or a value outside its constraints is a validation error; another JSON type is not JSON we know. */
function invalidInput(body: unknown, issue: z.core.$ZodIssue | undefined): DynamoDbError {
  const path = issue?.path ?? [];
  const value = path.reduce<unknown>(
    (inner, step) => (inner as Record<PropertyKey, unknown> | undefined)?.[step],
    body,
  );
  if (value !== undefined && issue?.code === 'invalid_type')
    return new DynamoDbError('SerializationException', `${issue.expected} was expected at ${formatPath(path)}`);
  const shown = value === undefined ? 'null' : `'${typeof value === 'string' ? value : JSON.stringify(value)}'`;
  return validation(
    `1 validation error detected: Value ${shown} at '${formatPath(path)}' failed to satisfy constraint: ` +
      constraintOf(issue, value),
  );
}

function constraintOf(issue: z.core.$ZodIssue | undefined, value: unknown): string {
  if (value === undefined) return 'Member must not be null';
  if (issue?.code === 'invalid_value') return `Member must satisfy enum value set: [${issue.values.join(', ')}]`;
  if (issue?.code === 'too_small') return `Member must be greater than or equal to ${issue.minimum}`;
  if (issue?.code === 'too_big') return `Member must be less than or equal to ${issue.maximum}`;
  return 'Member must satisfy its pattern';
}

/** As AWS writes paths: `transactItems.1.member.put.tableName`. */
function formatPath(path: PropertyKey[]): string {
  return path
    .map((step) =>
      typeof step === 'number' ? `${step + 1}.member` : String(step).replace(/^./, (c) => c.toLowerCase()),
    )
    .join('.');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
