import type { Entity } from '@parley/core/domain/body.ts';

export function bold(offset: number, length: number): Entity[] {
  return [{ type: 'bold', offset, length }];
}
