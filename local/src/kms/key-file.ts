import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { writePrivateFile } from './private-file.ts';

/** Key material by key id, 32 bytes each. */
export type KeyMaterial = ReadonlyMap<string, Buffer>;

const schema = z.record(z.string(), z.string().check(z.regex(/^[0-9a-f]{64}$/)));

/** Reads the file and adds material for ids it does not have yet. The file is only its owner's to read and never half written. */
export function loadKeyMaterial(file: string, keyIds: readonly string[]): KeyMaterial {
  const stored = existsSync(file) ? schema.parse(JSON.parse(readFileSync(file, 'utf8'))) : {};
  const missing = keyIds.filter((id) => !Object.hasOwn(stored, id));
  const all = { ...stored, ...Object.fromEntries(missing.map((id) => [id, randomBytes(32).toString('hex')])) };
  if (missing.length > 0) writePrivateFile(file, JSON.stringify(all, undefined, 2));
  return new Map(Object.entries(all).map(([id, hex]) => [id, Buffer.from(hex, 'hex')]));
}
