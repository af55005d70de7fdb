import { awsJson } from './aws.ts';
import { setting } from './environment.ts';

/** Encrypts a short secret (up to 4 KB) under the deployment's KMS key; only the same context opens it. */
export async function encrypt(plaintext: string, context: Record<string, string>): Promise<string> {
  const output = await awsJson<{ CiphertextBlob: string }>('kms', 'Encrypt', {
    KeyId: setting('KEY_ID'),
    Plaintext: Buffer.from(plaintext).toString('base64'),
    EncryptionContext: context,
  });
  return output.CiphertextBlob;
}

export async function decrypt(ciphertext: string, context: Record<string, string>): Promise<string> {
  const output = await awsJson<{ Plaintext: string }>('kms', 'Decrypt', {
    KeyId: setting('KEY_ID'),
    CiphertextBlob: ciphertext,
    EncryptionContext: context,
  });
  return Buffer.from(output.Plaintext, 'base64').toString();
}
