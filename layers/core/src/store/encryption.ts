import { awsJson } from './aws.ts';
import { setting } from './environment.ts';
import { remembered } from './remembered.ts';

/** Encrypts a short secret (up to 4 KB) under the deployment's KMS key; only the same context opens it. */
export async function encrypt(plaintext: string, context: Record<string, string>): Promise<string> {
  const output = await awsJson<{ CiphertextBlob: string }>('kms', 'Encrypt', {
    KeyId: setting('KEY_ID'),
    Plaintext: Buffer.from(plaintext).toString('base64'),
    EncryptionContext: context,
  });
  return output.CiphertextBlob;
}

/** Opens what was encrypted in the same context. A ciphertext always opens to the same, so the key is asked rarely. */
export async function decrypt(ciphertext: string, context: Record<string, string>): Promise<string> {
  return opened(ciphertext, JSON.stringify(context));
}

/** A key that may not be used any more still opens what an execution environment has opened before, for so long. */
const KEEP_OPENED_MS = 15 * 60_000;

const opened = remembered(async (ciphertext: string, context: string): Promise<string> => {
  const output = await awsJson<{ Plaintext: string }>('kms', 'Decrypt', {
    KeyId: setting('KEY_ID'),
    CiphertextBlob: ciphertext,
    EncryptionContext: JSON.parse(context) as Record<string, string>,
  });
  return Buffer.from(output.Plaintext, 'base64').toString();
}, KEEP_OPENED_MS);
