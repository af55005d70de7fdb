import { randomBytes } from 'node:crypto';
import * as z from 'zod/mini';
import { listenOnLoopback, type Loopback } from '../http-api/loopback.ts';
import { awsJson, done, operation, refuse, type AwsAnswer } from './aws-json.ts';
import { seal, sealingKeyId, unseal } from './ciphertext.ts';
import { loadKeyMaterial } from './key-file.ts';
import { createKeyring, missingKeyText, type Keyring, type KmsKey, type UsableKey } from './keys.ts';

/** `file` keeps the key material; keys it lacks get some on start. */
type KmsOptions = { file: string; keys: readonly KmsKey[]; port?: number };

/** AWS's limit on a plaintext given to Encrypt, in bytes. */
const MAX_PLAINTEXT_BYTES = 4096;

const reference = z.string().check(z.minLength(1), z.maxLength(2048));
const base64 = z.pipe(
  z.string().check(z.regex(/^[A-Za-z0-9+/]*={0,2}$/)),
  z.transform((text) => Buffer.from(text, 'base64')),
);
const context = z._default(z.record(z.string(), z.string()), {});
const plaintext = base64.check(
  z.refine((bytes) => bytes.length >= 1, 'Member must have length greater than or equal to 1'),
  z.refine(
    (bytes) => bytes.length <= MAX_PLAINTEXT_BYTES,
    `Member must have length less than or equal to ${MAX_PLAINTEXT_BYTES}`,
  ),
);
const encryptInput = z.object({ KeyId: reference, Plaintext: plaintext, EncryptionContext: context });
const decryptInput = z.object({
  KeyId: z.optional(reference),
  CiphertextBlob: base64,
  EncryptionContext: context,
});
const dataKeyInput = z.object({
  KeyId: reference,
  KeySpec: z.optional(z.enum(['AES_128', 'AES_256'])),
  NumberOfBytes: z.optional(z.int().check(z.minimum(1), z.maximum(1024))),
  EncryptionContext: context,
});

/** The part of KMS that encrypts: Encrypt, Decrypt, GenerateDataKey and DescribeKey with symmetric keys. */
export async function startKms({ file, keys, port }: KmsOptions): Promise<Loopback> {
  const keyring = createKeyring(
    keys,
    loadKeyMaterial(
      file,
      keys.map(({ id }) => id),
    ),
  );
  const operations = {
    Encrypt: operation(encryptInput, (input) => encrypt(keyring, input)),
    Decrypt: operation(decryptInput, (input) => decrypt(keyring, input)),
    GenerateDataKey: operation(dataKeyInput, (input) => generateDataKey(keyring, input)),
    DescribeKey: operation(z.object({ KeyId: reference }), (input) =>
      withKey(keyring, input.KeyId, (key) => done({ KeyMetadata: describe(key) })),
    ),
  };
  return listenOnLoopback(awsJson('TrentService', operations), port);
}

function encrypt(keyring: Keyring, input: z.infer<typeof encryptInput>): AwsAnswer {
  return withKey(keyring, input.KeyId, (key) => {
    const blob = seal(key.id, key.material, input.Plaintext, input.EncryptionContext);
    return done({ CiphertextBlob: blob.toString('base64'), KeyId: key.arn, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' });
  });
}

function decrypt(keyring: Keyring, input: z.infer<typeof decryptInput>): AwsAnswer {
  const key = keyring.find(sealingKeyId(input.CiphertextBlob) ?? '');
  if (key === undefined) return refuse('InvalidCiphertextException', '');
  if (input.KeyId !== undefined && keyring.find(input.KeyId) !== key) {
    const message = 'The key ID in the request does not identify a CMK that can perform this operation.';
    return keyring.find(input.KeyId) ? refuse('IncorrectKeyException', message) : missingKey(input.KeyId);
  }
  const bytes = unseal(key.material, input.CiphertextBlob, input.EncryptionContext);
  if (bytes === undefined) return refuse('InvalidCiphertextException', '');
  return done({ Plaintext: bytes.toString('base64'), KeyId: key.arn, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' });
}

function generateDataKey(keyring: Keyring, input: z.infer<typeof dataKeyInput>): AwsAnswer {
  if ((input.KeySpec === undefined) === (input.NumberOfBytes === undefined)) {
    return refuse('ValidationException', 'Please specify either number of bytes or key spec.');
  }
  return withKey(keyring, input.KeyId, (key) => {
    const bytes = randomBytes(input.NumberOfBytes ?? (input.KeySpec === 'AES_128' ? 16 : 32));
    const blob = seal(key.id, key.material, bytes, input.EncryptionContext);
    return done({ CiphertextBlob: blob.toString('base64'), Plaintext: bytes.toString('base64'), KeyId: key.arn });
  });
}

function withKey(keyring: Keyring, keyId: string, use: (key: UsableKey) => AwsAnswer): AwsAnswer {
  const key = keyring.find(keyId);
  return key === undefined ? missingKey(keyId) : use(key);
}

function missingKey(keyId: string): AwsAnswer {
  return refuse('NotFoundException', missingKeyText(keyId));
}

function describe(key: UsableKey) {
  return {
    AWSAccountId: '000000000000',
    KeyId: key.id,
    Arn: key.arn,
    Description: key.description,
    Enabled: true,
    KeyState: 'Enabled',
    KeyUsage: 'ENCRYPT_DECRYPT',
    KeyManager: 'CUSTOMER',
    Origin: 'AWS_KMS',
    KeySpec: 'SYMMETRIC_DEFAULT',
    EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
    MultiRegion: false,
  };
}
