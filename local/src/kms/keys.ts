import type { KeyMaterial } from './key-file.ts';

/** A symmetric key of the template: its id, and its aliases with their `alias/` prefix. */
export type KmsKey = { id: string; aliases?: readonly string[]; description?: string };

/** A key with its material and ARN. */
export type UsableKey = { id: string; arn: string; material: Buffer; description: string };

/** Finds keys by id, key ARN, alias name or alias ARN. */
export type Keyring = { find(reference: string): UsableKey | undefined };

const ARN_PREFIX = 'arn:aws:kms:us-east-1:000000000000:';

/** The keys that can be used, by every name AWS lets one use. */
export function createKeyring(keys: readonly KmsKey[], material: KeyMaterial): Keyring {
  const byName = new Map<string, UsableKey>();
  for (const { id, aliases = [], description = '' } of keys) {
    const bytes = material.get(id);
    if (bytes === undefined) throw new Error(`no key material for ${id}`);
    const key = { id, arn: `${ARN_PREFIX}key/${id}`, material: bytes, description };
    for (const name of [id, key.arn, ...aliases, ...aliases.map((alias) => ARN_PREFIX + alias)]) byName.set(name, key);
  }
  return { find: (reference) => byName.get(reference) };
}

/** AWS's text for a key that isn't there, by the form of the reference. */
export function missingKeyText(reference: string): string {
  if (reference.startsWith('alias/')) return `Alias ${ARN_PREFIX}${reference} is not found.`;
  const arn = reference.startsWith('arn:') ? reference : `${ARN_PREFIX}key/${reference}`;
  return arn.includes(':alias/') ? `Alias ${arn} is not found.` : `Key '${arn}' does not exist`;
}
