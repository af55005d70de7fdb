import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import {
  DecryptCommand,
  DescribeKeyCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  IncorrectKeyException,
  InvalidCiphertextException,
  KMSClient,
  NotFoundException,
  type KMSServiceException,
} from '@aws-sdk/client-kms';
import { fc } from '../../support/properties.ts';
import { startKms } from '@parley/local/kms/server.ts';

const KeyId = '11111111-2222-4333-8444-555555555555';
const keys = [{ id: KeyId, aliases: ['alias/parley'] }, { id: 'other' }];
const arn = `arn:aws:kms:us-east-1:000000000000:key/${KeyId}`;

function temporaryFile(t: TestContext): string {
  const dir = mkdtempSync(join(tmpdir(), 'kms-'));
  t.after(() => rmSync(dir, { recursive: true }));
  return join(dir, 'data', 'keys.json');
}

async function startClient(t: TestContext, file = temporaryFile(t)): Promise<KMSClient> {
  const server = await startKms({ file, keys });
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new KMSClient({ endpoint: server.url, region: 'us-east-1', credentials });
  t.after(async () => {
    client.destroy();
    await server.close();
  });
  return client;
}

test('what was encrypted decrypts with the same context in any order', async (t) => {
  const client = await startClient(t);
  const Plaintext = Buffer.from('a token');
  const sealed = await client.send(new EncryptCommand({ KeyId, Plaintext, EncryptionContext: { a: '1', b: '2' } }));
  assert.equal(sealed.KeyId, arn);
  const { CiphertextBlob } = sealed;
  const opened = await client.send(new DecryptCommand({ CiphertextBlob, EncryptionContext: { b: '2', a: '1' } }));
  assert.deepEqual(Buffer.from(opened.Plaintext ?? []), Plaintext);
  assert.equal(opened.KeyId, arn);
});

test('another context, and any changed byte, is an invalid ciphertext', async (t) => {
  const client = await startClient(t);
  const EncryptionContext = { organization: 'org_1', account: 'acc_1' };
  const { CiphertextBlob = new Uint8Array() } = await client.send(
    new EncryptCommand({ KeyId, Plaintext: Buffer.from('a token'), EncryptionContext }),
  );
  const wrong = [
    {},
    { organization: 'org_1' },
    { organization: 'acc_1', account: 'org_1' },
    { ...EncryptionContext, more: '' },
  ];
  for (const context of wrong) {
    await assert.rejects(
      client.send(new DecryptCommand({ CiphertextBlob, EncryptionContext: context })),
      InvalidCiphertextException,
    );
  }
  const property = fc.asyncProperty(
    fc.nat(CiphertextBlob.length - 1),
    fc.integer({ min: 1, max: 255 }),
    async (at, change) => {
      const tampered = Uint8Array.from(CiphertextBlob, (byte, index) => (index === at ? byte ^ change : byte));
      await assert.rejects(
        client.send(new DecryptCommand({ CiphertextBlob: tampered, EncryptionContext })),
        InvalidCiphertextException,
      );
    },
  );
  await fc.assert(property, { numRuns: 60 });
  const truncated = CiphertextBlob.slice(0, 20);
  await assert.rejects(
    client.send(new DecryptCommand({ CiphertextBlob: truncated, EncryptionContext })),
    InvalidCiphertextException,
  );
});

test('a key is found by id, ARN, alias and alias ARN, and an unknown one is not', async (t) => {
  const client = await startClient(t);
  for (const name of [KeyId, arn, 'alias/parley', 'arn:aws:kms:us-east-1:000000000000:alias/parley']) {
    const { KeyMetadata } = await client.send(new DescribeKeyCommand({ KeyId: name }));
    assert.equal(KeyMetadata?.Arn, arn);
    assert.equal(KeyMetadata?.KeyState, 'Enabled');
  }
  for (const name of ['nobody', 'alias/nobody']) {
    await assert.rejects(client.send(new DescribeKeyCommand({ KeyId: name })), NotFoundException);
  }
});

test('naming a key other than the one that sealed is refused', async (t) => {
  const client = await startClient(t);
  const { CiphertextBlob } = await client.send(new EncryptCommand({ KeyId, Plaintext: Buffer.from('x') }));
  await client.send(new DecryptCommand({ CiphertextBlob, KeyId: 'alias/parley' }));
  await assert.rejects(client.send(new DecryptCommand({ CiphertextBlob, KeyId: 'other' })), IncorrectKeyException);
  await assert.rejects(client.send(new DecryptCommand({ CiphertextBlob, KeyId: 'nobody' })), NotFoundException);
});

test('4096 bytes can be encrypted, none and 4097 can not', async (t) => {
  const client = await startClient(t);
  await client.send(new EncryptCommand({ KeyId, Plaintext: Buffer.alloc(4096) }));
  for (const size of [0, 4097]) {
    await assert.rejects(
      client.send(new EncryptCommand({ KeyId, Plaintext: Buffer.alloc(size) })),
      (error: KMSServiceException) => {
        assert.equal(error.name, 'ValidationException');
        return true;
      },
    );
  }
});

test('a data key comes in the clear and sealed under its key', async (t) => {
  const client = await startClient(t);
  const EncryptionContext = { a: '1' };
  const made = await client.send(new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256', EncryptionContext }));
  assert.equal(made.Plaintext?.length, 32);
  const opened = await client.send(new DecryptCommand({ CiphertextBlob: made.CiphertextBlob, EncryptionContext }));
  assert.deepEqual(opened.Plaintext, made.Plaintext);
  await assert.rejects(client.send(new GenerateDataKeyCommand({ KeyId })), { name: 'ValidationException' });
});

test('key material lasts in a file only its owner can read', async (t) => {
  const file = temporaryFile(t);
  const before = await startClient(t, file);
  const { CiphertextBlob } = await before.send(new EncryptCommand({ KeyId, Plaintext: Buffer.from('lasts') }));
  assert.equal(statSync(file).mode & 0o777, 0o600);
  const after = await startClient(t, file);
  const { Plaintext } = await after.send(new DecryptCommand({ CiphertextBlob }));
  assert.equal(Buffer.from(Plaintext ?? []).toString(), 'lasts');
});

test('an operation it does not know is named', async (t) => {
  const server = await startKms({ file: temporaryFile(t), keys: [] });
  t.after(() => server.close());
  const headers = { 'x-amz-target': 'TrentService.ScheduleKeyDeletion' };
  const response = await fetch(server.url, { method: 'POST', headers, body: '{}' });
  assert.equal(response.status, 400);
  assert.deepEqual(await response.json(), {
    __type: 'UnknownOperationException',
    message: 'Unknown operation: ScheduleKeyDeletion',
  });
});
