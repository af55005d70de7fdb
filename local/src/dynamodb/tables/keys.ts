import type { DynamoDbError } from '../errors.ts';
import { invalidParameter, validation } from '../errors.ts';
import { BEFORE_ALL, encodePartitionKey, encodeSortKey } from '../values/order.ts';
import { valueSize } from '../values/size.ts';
import type { AttributeValue, Item } from '../values/types.ts';
import { attribute, typeOf } from '../values/types.ts';
import type { Index, KeyAttribute, Keys, Table } from './table.ts';
import { keyAttributes, keyNames } from './table.ts';

/** A key as sortable bytes. `range` is empty when the key has no sort key. */
export type KeyBytes = { hash: Uint8Array; range: Uint8Array };

const MAX_HASH_BYTES = 2048;
const MAX_RANGE_BYTES = 1024;

/** The primary key inside a whole item; refuses an item that lacks it or carries the wrong type. */
export function primaryKeyOfItem(table: Table, item: Item): KeyBytes {
  for (const key of keyAttributes(table.keys)) {
    const value = attribute(item, key.name);
    if (!value) throw invalidParameter(`Missing the key ${key.name} in the item`);
    if (typeOf(value) !== key.type)
      throw invalidParameter(`Type mismatch for key ${key.name} expected: ${key.type} actual: ${typeOf(value)}`);
  }
  return checkedBytes(table.keys, item);
}

/** The primary key given as a request's `Key`: exactly the key's attributes. */
export function primaryKey(table: Table, key: Item): KeyBytes {
  const wanted = keyAttributes(table.keys);
  if (Object.keys(key).length !== wanted.length || !wanted.every((part) => hasKeyType(part, key)))
    throw validation('The provided key element does not match the schema');
  return checkedBytes(table.keys, key);
}

/** An index's key bytes for an item, or undefined when the item lacks one of its attributes (a sparse index). */
export function indexKey(index: Index, item: Item | undefined): KeyBytes | undefined {
  return item && keyAttributes(index.keys).every((part) => hasKeyType(part, item))
    ? encodeKey(index.keys, item)
    : undefined;
}

/** Refuses an item whose attributes could not be keys of the table's indexes. */
export function checkIndexKeys(table: Table, item: Item): void {
  for (const index of table.indexes) {
    const [hash, range] = keyAttributes(index.keys);
    checkIndexKeyPart(index, hash, item, MAX_HASH_BYTES);
    checkIndexKeyPart(index, range, item, MAX_RANGE_BYTES);
  }
}

/** Only the attributes of the table's primary key. */
export function keyAttributesOf(table: Table, item: Item): Item {
  return pick(item, keyNames(table.keys));
}

/** The item with only the given names. */
export function pick(item: Item, names: Iterable<string>): Item {
  return Object.fromEntries(
    [...names].flatMap((name) => {
      const value = attribute(item, name);
      return value ? [[name, value]] : [];
    }),
  );
}

export function encodeKey(keys: Keys, item: Item): KeyBytes {
  return {
    hash: encodePartitionKey(item[keys.hash.name] as AttributeValue),
    range: keys.range ? encodeSortKey(item[keys.range.name] as AttributeValue) : BEFORE_ALL,
  };
}

export function sameKey(left: KeyBytes, right: KeyBytes): boolean {
  return Buffer.compare(left.hash, right.hash) === 0 && Buffer.compare(left.range, right.range) === 0;
}

function hasKeyType(key: KeyAttribute, item: Item): boolean {
  const value = attribute(item, key.name);
  return value !== undefined && typeOf(value) === key.type;
}

function checkedBytes(keys: Keys, item: Item): KeyBytes {
  for (const key of keyAttributes(keys)) {
    const value = item[key.name] as AttributeValue;
    if (isEmpty(value)) throw emptyKey(`The AttributeValue for a key attribute ${emptyText(value)}. Key: ${key.name}`);
  }
  checkSize('hashkey', item[keys.hash.name] as AttributeValue, MAX_HASH_BYTES);
  if (keys.range) checkSize('rangekey', item[keys.range.name] as AttributeValue, MAX_RANGE_BYTES);
  return encodeKey(keys, item);
}

function checkIndexKeyPart(index: Index, key: KeyAttribute | undefined, item: Item, maxBytes: number): void {
  const value = key && attribute(item, key.name);
  if (!key || !value) return;
  if (typeOf(value) !== key.type)
    throw invalidParameter(
      `Type mismatch for Index Key ${key.name} Expected: ${key.type} Actual: ${typeOf(value)} IndexName: ${index.name}`,
    );
  if (isEmpty(value))
    throw emptyKey(
      'A value specified for a secondary index key is not supported. ' +
        `The AttributeValue for a key attribute ${emptyText(value)}. IndexName: ${index.name}, IndexKey: ${key.name}`,
    );
  checkSize(`index key ${key.name}`, value, maxBytes);
}

function isEmpty(value: AttributeValue): boolean {
  return ('S' in value && value.S === '') || ('B' in value && value.B === '');
}

function emptyText(value: AttributeValue): string {
  return `cannot contain an empty ${'S' in value ? 'string' : 'binary'} value`;
}

function emptyKey(message: string): DynamoDbError {
  return validation(`One or more parameter values are not valid. ${message}`);
}

function checkSize(part: string, value: AttributeValue, maxBytes: number): void {
  if (valueSize(value) > maxBytes)
    throw invalidParameter(`Size of ${part} has exceeded the maximum size limit of ${maxBytes} bytes`);
}
