import type { Write } from './write.ts';

/** Text that two writes share when they are about the same item. Throws what the table's schema refuses. */
export function writeIdentity(write: Write): string {
  const { hash, range } = write.locate();
  return [write.table.id, Buffer.from(hash).toString('base64'), Buffer.from(range).toString('base64')].join(' ');
}
