import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import test from 'node:test';

const root = resolve(import.meta.dirname, '../..');
const core = 'layers/core/src';

/** Which parts of the project each part may import from, and whether it may know AWS. A part may always import from itself. */
const rules: Record<string, { sees: string[]; aws: boolean }> = {
  [`${core}/domain`]: { sees: [], aws: false },
  [`${core}/channels`]: { sees: [`${core}/domain`], aws: false },
  [`${core}/store`]: { sees: [`${core}/domain`], aws: true },
  [`${core}/flows`]: { sees: [`${core}/domain`, `${core}/channels`, `${core}/store`], aws: false },
  [`${core}/edge`]: { sees: [`${core}/domain`], aws: false },
  lambdas: { sees: [core], aws: false },
  infra: {
    sees: [`${core}/channels/manifests.ts`, `${core}/channels/contract.ts`, `${core}/domain/channel.ts`, 'cdk.json'],
    aws: false,
  },
  local: { sees: [core, 'build.ts', 'cdk.json', 'infra'], aws: true },
  'inbox/src': { sees: [], aws: false },
};

for (const [part, { sees, aws }] of Object.entries(rules)) {
  test(`${part} imports only from ${sees.join(', ') || 'itself'}`, () => {
    const files = globSync(`${part}/**/*.{ts,tsx}`, { cwd: root, exclude: (name) => /node_modules|dist/.test(name) });
    assert.ok(files.length > 0, `there are no files in ${part}`);
    for (const file of files) {
      for (const imported of importsOf(file)) {
        const allowed = [part, ...sees].some((place) => imported === place || imported.startsWith(`${place}/`));
        assert.ok(allowed || !isOurs(imported), `${file} imports ${imported}`);
        assert.ok(aws || !/^(@aws-sdk|aws4)/.test(imported), `${file} imports ${imported}: only the store knows AWS`);
      }
    }
  });
}

test('a channel never imports another', () => {
  for (const file of globSync(`${core}/channels/*/**/*.ts`, { cwd: root })) {
    const own = file.split('/').slice(0, 5).join('/');
    for (const imported of importsOf(file)) {
      const isChannel = imported.startsWith(`${core}/channels/`) && imported.split('/').length > 5;
      assert.ok(
        !isChannel || imported.startsWith(own) || imported.startsWith(`${core}/channels/shared/`),
        `${file} imports ${imported}`,
      );
    }
  }
});

/** What every channel has, under the same names. Who knows one knows where to look in the others. */
const everyChannelHas =
  'index manifest capabilities wire credentials verify normalise request send limits errors media probe'.split(' ');

test('every channel has the same files', () => {
  for (const index of globSync(`${core}/channels/*/index.ts`, { cwd: root })) {
    const files = globSync('*.ts', { cwd: join(root, dirname(index)) });
    const missing = everyChannelHas.filter((name) => !files.includes(`${name}.ts`));
    assert.deepEqual(missing, [], dirname(index));
  }
});

/** What a file imports: paths of the project from its root, packages by name. Type-only imports of AWS's wire types do no harm. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const specifiers = [
    ...text.matchAll(/^(?:import|export)(?! type)[^;]*?from '([^']+)'|^import '([^']+)'|import\('([^']+)'\)/gm),
  ];
  const types = [...text.matchAll(/^(?:import|export) type[^;]*?from '(\.[^']+|@parley[^']+)'/gm)];
  return [...specifiers, ...types].map((match) => toPath(file, match[1] ?? match[2] ?? match[3] ?? ''));
}

function toPath(file: string, specifier: string): string {
  if (specifier.startsWith('.')) return relative(root, resolve(root, dirname(file), specifier));
  return specifier.replace(/^@parley\/core\//, `${core}/`).replace(/^@parley\/local\//, 'local/src/');
}

function isOurs(imported: string): boolean {
  return /^(layers|lambdas|infra|local|inbox|test|bench|build\.ts)/.test(imported);
}
