import { randomBytes } from 'node:crypto';

/** A secret that nobody can guess. */
export function token(): string {
  return randomBytes(24).toString('base64url');
}
