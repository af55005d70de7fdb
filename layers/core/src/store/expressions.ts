import { compact } from '../domain/compact.ts';
import { toAttributes } from './attributes.ts';
import type { Item } from './attributes.ts';

/** `#name` in an expression stands for the attribute of that name, `:name` for the value of that name. */
export interface Condition {
  when: string;
  values?: Item;
}

/** There is no such item yet. */
export const ABSENT: Condition = { when: 'attribute_not_exists(#pk)' };

export interface Update extends Partial<Condition> {
  set?: Item;
  /** set only if the attribute is not there yet */
  keep?: Item;
  remove?: string[];
  /** joins a Set into a set, or adds a number */
  add?: Item;
  /** takes the members of a Set out of a set; one without members is gone */
  take?: Item;
  /** further SET clauses in DynamoDB's own words */
  also?: string;
}

export interface QueryInput {
  partition: string;
  index?: { name: string; partitionKey: string; sortKey: string };
  /** on the sort key */
  from?: string;
  to?: string;
  prefix?: string;
  filter?: Condition;
  newestFirst?: boolean;
  limit?: number;
  start?: Item | undefined;
  consistent?: boolean;
}

/** What a conditional write says of its condition. */
export function conditionInput(condition: Condition | undefined): object {
  if (!condition) return {};
  const { when, values } = condition;
  return {
    ConditionExpression: when,
    ...expressionInput(when, values ?? {}),
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  };
}

/** What an update says of itself. */
export function updateInput(update: Update): object {
  const { remove = [], also, when, values = {} } = update;
  const [set, keep, add] = [written(update.set), written(update.keep), written(update.add)];
  const take = written(update.take);
  const sets = [
    ...Object.keys(set).map((name) => `#${name} = :${name}`),
    ...Object.keys(keep).map((name) => `#${name} = if_not_exists(#${name}, :${name})`),
    ...(also ? [also] : []),
  ];
  const removes = remove.map((name) => `#${name}`);
  const sections = [clause('SET', sets), clause('REMOVE', removes), clause('ADD', pairs(add))];
  const expression = [...sections, clause('DELETE', pairs(take))].join(' ');
  return {
    UpdateExpression: expression,
    ...(when ? { ConditionExpression: when, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } : {}),
    ...expressionInput(`${expression} ${when ?? ''}`, { ...set, ...keep, ...add, ...take, ...values }),
  };
}

/** What a query says of itself. */
export function queryInput({
  partition,
  index,
  from,
  to,
  prefix,
  filter,
  newestFirst,
  limit,
  start,
  consistent,
}: QueryInput): object {
  const pk = index?.partitionKey ?? 'pk';
  const sk = index?.sortKey ?? 'sk';
  const range = rangeCondition(sk, { from, to, prefix });
  const expression = [`#${pk} = :partition`, range.expression].filter(Boolean).join(' AND ');
  return {
    KeyConditionExpression: expression,
    ...(filter ? { FilterExpression: filter.when } : {}),
    ...expressionInput(`${expression} ${filter?.when ?? ''}`, { partition, ...range.values, ...filter?.values }),
    ...(index ? { IndexName: index.name } : {}),
    ScanIndexForward: !newestFirst,
    ...(limit ? { Limit: limit } : {}),
    ...(start ? { ExclusiveStartKey: toAttributes(start) } : {}),
    ...(consistent ? { ConsistentRead: true } : {}),
  };
}

/** What has no value is neither written nor removed. */
function written(item: Item = {}): Item {
  return compact(item);
}

function pairs(item: Item): string[] {
  return Object.keys(item).map((name) => `#${name} :${name}`);
}

function clause(verb: string, parts: string[]): string {
  return parts.length === 0 ? '' : `${verb} ${parts.join(', ')}`;
}

function rangeCondition(
  sk: string,
  range: { from: string | undefined; to: string | undefined; prefix: string | undefined },
) {
  const { from, to, prefix } = range;
  if (from !== undefined && to !== undefined)
    return { expression: `#${sk} BETWEEN :from AND :to`, values: { from, to } };
  if (from !== undefined) return { expression: `#${sk} >= :from`, values: { from } };
  if (to !== undefined) return { expression: `#${sk} <= :to`, values: { to } };
  return prefix === undefined
    ? { expression: '', values: {} }
    : { expression: `begins_with(#${sk}, :prefix)`, values: { prefix } };
}

/** Names are always written `#name`, so no attribute can collide with DynamoDB's 573 reserved words. */
function expressionInput(expression: string, values: Item): object {
  const names = new Set(expression.match(/#\w+/g));
  return {
    ExpressionAttributeNames: Object.fromEntries([...names].map((name) => [name, name.slice(1)])),
    ...(Object.keys(values).length === 0
      ? {}
      : {
          ExpressionAttributeValues: toAttributes(
            Object.fromEntries(Object.entries(values).map(([name, value]) => [`:${name}`, value])),
          ),
        }),
  };
}
