import assert from 'node:assert/strict';
import type { Entity } from '@parley/core/domain/body.ts';

const styles = new Set(['bold', 'italic', 'underline', 'strikethrough', 'spoiler']);

/** That entities are as every channel can take them: inside the text, on whole characters, nested, nothing within code. */
export function assertNormal(text: string, entities: Entity[]): void {
  const starts = new Set(Array.from(new Intl.Segmenter().segment(text), ({ index }) => index)).add(text.length);
  const open: Entity[] = [];
  for (const [index, entity] of entities.entries()) {
    const { offset, length } = entity;
    const before = entities[index - 1];
    assert.ok(length > 0 && offset >= 0 && offset + length <= text.length, 'lies inside the text');
    assert.ok(starts.has(offset) && starts.has(offset + length), 'cuts no character');
    assert.ok(!before || before.offset < offset || (before.offset === offset && before.length >= length), 'in order');
    while (open.at(-1) && endOf(open.at(-1)) <= offset) open.pop();
    for (const outer of open) assertNested(outer, entity);
    open.push(entity);
  }
}

function assertNested(outer: Entity, inner: Entity): void {
  assert.ok(endOf(inner) <= endOf(outer), `${inner.type} crosses ${outer.type}`);
  assert.notEqual(outer.type, inner.type, 'a kind lies in itself');
  assert.ok(outer.type !== 'code' && outer.type !== 'pre', `${inner.type} lies in ${outer.type}`);
  const alone = (entity: Entity): boolean => !styles.has(entity.type) && entity.type !== 'blockquote';
  assert.ok(!(alone(outer) && alone(inner)), `${inner.type} lies in ${outer.type}`);
  assert.ok(!(styles.has(outer.type) && (inner.type === 'code' || inner.type === 'pre')), 'code is not styled');
}

function endOf(entity: Entity | undefined): number {
  return entity ? entity.offset + entity.length : 0;
}
