import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from 'jose';
import { writePrivateFile } from '../kms/private-file.ts';

/** A pool's RS256 key pair. `publicJwk` is what its jwks.json shows. */
export type SigningKey = { kid: string; privateKey: CryptoKey; publicKey: CryptoKey; publicJwk: JWK };

/** Reads the pools' keys from a file, making those it lacks. The file is only its owner's to read. */
export async function loadSigningKeys(file: string, poolIds: readonly string[]): Promise<Map<string, SigningKey>> {
  const stored = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, JWK>) : {};
  const missing = poolIds.filter((id) => !Object.hasOwn(stored, id));
  for (const id of missing) stored[id] = await createKey();
  if (missing.length > 0) writePrivateFile(file, JSON.stringify(stored));
  const keys = await Promise.all(Object.entries(stored).map(async ([id, jwk]) => [id, await readKey(jwk)] as const));
  return new Map(keys);
}

async function createKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  return { ...(await exportJWK(privateKey)), kid: randomUUID(), alg: 'RS256', use: 'sig' };
}

async function readKey(jwk: JWK): Promise<SigningKey> {
  const { kty, kid, alg, use, n, e } = jwk;
  const publicJwk = { kty, kid, alg, use, n, e } as JWK;
  const [privateKey, publicKey] = await Promise.all([importJWK(jwk, 'RS256'), importJWK(publicJwk, 'RS256')]);
  return { kid: kid ?? '', privateKey: privateKey as CryptoKey, publicKey: publicKey as CryptoKey, publicJwk };
}
