import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { manifests } from '@parley/core/channels/manifests.ts';
import { readAs } from '@parley/core/channels/shared/read.ts';
import { readFields } from '@parley/core/domain/fields.ts';
import { identityKey } from '@parley/core/domain/contact.ts';
import { accountOf } from './cases/cases.ts';
import { fixture, fixturesOf, plain, readJson, registered } from './registered.ts';

/** The files every channel has, beside `body` where it has conversations; it may have others too. */
const shape = ['errors', 'index', 'limits', 'manifest', 'media', 'normalise', 'request', 'send', 'verify', 'wire'];

/** What only some channels do: each is a file of the same name, so that it is found. */
const verbs = [
  ...(['act', 'history', 'oauth', 'options', 'pairing', 'parse'] as const),
  ...(['probe', 'profile', 'refresh', 'subscribe', 'templates', 'wording'] as const),
];

test('each channel has its manifest among the others', () => {
  assert.deepEqual(manifests.map(({ name }) => name).toSorted(), registered.map(({ name }) => name).toSorted());
});

for (const one of registered) {
  const { name, folder, channel, cases } = one;

  test(`${name}: has the files of a channel`, () => {
    const files = readdirSync(folder);
    const wanted = [...shape, ...(channel.manifest.inbox ? ['body'] : []), ...verbs.filter((verb) => channel[verb])];
    for (const file of wanted) assert.ok(files.includes(`${file}.ts`), `${file}.ts is missing`);
    assert.ok(fixturesOf(one).length > 0);
  });

  test(`${name}: says of itself what the registry says`, () => {
    assert.ok(manifests.includes(channel.manifest));
    assert.equal(channel.manifest.name, name);
    assert.equal(channel.manifest.handshake, channel.handshake !== undefined);
    assert.equal(channel.manifest.renewsCredentials ?? false, channel.refresh !== undefined);
    assert.doesNotMatch(readFileSync(`${folder}manifest.ts`, 'utf8'), /^import (?!type )/m);
  });

  test(`${name}: imports neither AWS nor another channel`, () => {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((each) => each.endsWith('.ts'));
    for (const file of files) {
      for (const [, source = ''] of readFileSync(folder + file, 'utf8').matchAll(/(?:from |import\()'([^']+)'/g)) {
        assert.match(
          source.startsWith('.') ? join(dirname(file), source) : source,
          /^((?!\.\.\/)[^:@]*\.ts$|\.\.\/(shared\/|contract\.ts)|\.\.\/\.\.\/domain\/|node:(crypto|stream)$|valibot$|nodemailer$|postal-mime$|(htmlparser2|sanitize-html)$)/,
          file,
        );
      }
    }
  });

  test(`${name}: checks credentials and is found by its names`, async () => {
    const credentials = await channel.credentials();
    assert.deepEqual(readAs(credentials, cases.credentials), cases.credentials);
    assert.equal(readAs(credentials, {}), undefined);
    assert.deepEqual(channel.names(accountOf(cases, '')), cases.names);
  });

  for (const { name: what, request, signer, genuine } of cases.signatures) {
    test(`${name}: ${genuine ? 'takes' : 'refuses'} a webhook with ${what}`, () => {
      assert.equal(channel.verify(request, signer), genuine);
    });
  }

  test(`${name}: finds hints of the signer`, () => {
    for (const { request, hints } of cases.hints) assert.deepEqual(channel.hints(request), hints);
  });

  for (const file of fixturesOf(one)) {
    test(`${name}: reads ${file}`, async () => {
      assert.deepEqual(plain(await channel.normalise(fixture(one, file))), readJson(expected(name, file)));
    });
  }

  test(`${name}: each expectation has its fixture`, () => {
    assert.deepEqual(readdirSync(expected(name, '')).toSorted(), fixturesOf(one));
  });

  for (const { name: what, fits, breaks, options, problem } of cases.limits) {
    test(`${name}: limits ${what}`, async () => {
      assert.equal(await channel.check(fits, options), undefined);
      const broken = await channel.check(breaks, options);
      assert.equal(broken?.status, 422);
      assert.match(broken.message, problem);
    });
  }

  test(`${name}: takes each body it can send`, async () => {
    for (const { name: what, body, options } of cases.sends) {
      assert.equal(await channel.check(body, options), undefined, what);
    }
  });

  test(`${name}: takes the options of each send`, async () => {
    for (const { name: what, options } of cases.sends.filter((sent) => sent.options !== undefined)) {
      const schema = await channel.options?.();
      assert.deepEqual(schema && readFields(schema, options), { ok: true, value: options }, what);
    }
  });

  test(`${name}: refuses each body it can't send, naming those it can`, async () => {
    for (const body of cases.impossible) {
      const problem = await channel.check(body);
      assert.equal(problem?.status, 422);
      assert.match(problem.message, new RegExp(body.type));
      assert.match(problem.hint ?? '', /text/);
    }
  });

  test(`${name}: reads recipients`, () => {
    for (const [text, identity] of cases.recipients) {
      const found = channel.recipient(text);
      assert.equal(found && identityKey(found), identity, text);
    }
  });
}

function expected(channel: string, file: string): string {
  return fileURLToPath(new URL(`./expected/${channel}/${file}`, import.meta.url));
}
