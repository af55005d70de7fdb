import assert from 'node:assert/strict';
import test from 'node:test';
import { fc } from '../../support/properties.ts';
import { bounceBytes, bounceNames, bounces, returnPath, sentId } from './bounces.ts';
import { account, read } from './reading.ts';
import { REFERENCE } from './server.ts';

const ours = { reference: REFERENCE };
const byReturnPath = {
  returnPath: { conversation: 'conv_019aa000-0000-5000-8000-000000000002', start: '019aa00000007000', attempt: 1 },
};

test('each report of Postfix and Exim is one of those that are known', () => {
  assert.deepEqual(bounceNames().toSorted(), Object.keys(bounces).toSorted());
});

for (const [name, expected] of Object.entries(bounces)) {
  test(`${name}: ${expected ? `${expected.class} ${expected.code}` : 'not given up yet'}`, async () => {
    const { about, verdicts } = await report(name, account.externalId);
    assert.deepEqual(
      verdicts.map(({ status, error, unreachable }) => ({
        status,
        class: error?.class,
        code: error?.code,
        providerCode: error?.providerCode,
        ...(unreachable ? { gone: true } : {}),
      })),
      expected ? [{ status: 'FAILED', ...expected }] : [],
    );
    const isRenamed = name === 'postfix-two-servers-on-renamed';
    assert.deepEqual(about[0], isRenamed ? { providerMessageId: 'renamed@mail.nile.example' } : ours);
  });

  test(`${name}: what its return path was made for`, async () => {
    assert.deepEqual((await report(name, returnPath)).about[0], byReturnPath);
  });
}

test('a report that was cut short anywhere is read without a fault, and behind its fields and the Message-ID it says the same', async () => {
  const whole = Object.fromEntries(bounceNames().map((name) => [name, bounceBytes(name)]));
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...bounceNames()),
      fc.double({ min: 0, max: 1, noNaN: true }),
      async (name, share) => {
        const bytes = whole[name] ?? new Uint8Array();
        const enough = Buffer.from(bytes).lastIndexOf('@nile.example>');
        const length = Math.floor(share * bytes.length);
        const { mail } = await read(bytes.slice(0, length), { from: '', to: [account.externalId] });
        if (length < enough + '@nile.example>\r\n'.length) return;
        assert.ok(mail.kind === 'report' && mail.about.length > 0, `${name} at ${length}`);
        assert.equal(mail.verdicts[0]?.error?.code, bounces[name]?.code, `${name} at ${length}`);
      },
    ),
    { numRuns: 300 },
  );
});

test('the return path is in the mail that came back, and holds nothing of who it is from or for', () => {
  const text = new TextDecoder().decode(bounceBytes('exim-unknown-user'));
  assert.ok(text.includes(`Return-path: <${returnPath}>`) && text.includes(sentId));
  assert.match(returnPath, /^bounce\+[0-9a-z]{47}@in\.parley\.example$/);
});

async function report(name: string, to: string) {
  const { mail } = await read(bounceBytes(name), { from: '', to: [to] });
  if (mail.kind !== 'report') throw new Error(`${name} is read as ${mail.kind}`);
  return mail;
}
