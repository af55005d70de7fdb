import { existsSync } from 'node:fs';
import { cp, readFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';

/**
 * Copies packages, and what they depend on, into a `node_modules` folder, as they are seen from `from`. Optional dependencies are left out: they
 * are built for one machine. Throws when one is not installed, or when two versions of one would be needed.
 */
export async function copyPackages(names: readonly string[], from: string, to: string): Promise<void> {
  const found = new Map<string, string>();
  for (const name of names) await collect(name, from, found);
  for (const [name, source] of found)
    await cp(source, join(to, name), {
      recursive: true,
      dereference: true,
      filter: (path) => path === source || isNeeded(path),
    });
}

interface Package {
  version: string;
  dependencies?: Record<string, string>;
}

async function collect(name: string, from: string, found: Map<string, string>): Promise<void> {
  const source = installed(name, from);
  const known = found.get(name);
  if (known === source) return;
  if (known !== undefined) throw new Error(`Two versions of '${name}' are needed: ${known} and ${source}`);
  found.set(name, source);
  const { dependencies = {} }: Package = JSON.parse(await readFile(join(source, 'package.json'), 'utf8'));
  for (const dependency of Object.keys(dependencies)) await collect(dependency, source, found);
}

/** As Node looks for it: in the node_modules folders from here up. */
function installed(name: string, from: string): string {
  const folder = join(from, 'node_modules', name);
  if (existsSync(join(folder, 'package.json'))) return folder;
  if (dirname(from) === from) throw new Error(`The package '${name}' is not installed`);
  return installed(name, dirname(from));
}

/** Neither nested packages, which have their own place, nor what is there for people and compilers. Licences stay. */
function isNeeded(path: string): boolean {
  if (['node_modules', 'src', 'install', 'test', 'docs'].includes(basename(path))) return false;
  return !['.md', '.map', '.ts', '.cts', '.mts', '.bnf'].includes(extname(path));
}
