import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

/** The peer's bundle: `file` is `index.mjs` in `folder`. Sizes in bytes. */
export interface Peer {
  folder: string;
  bytes: number;
}

export const peerName = 'Chat SDK: WhatsApp with Redis state';

/** Bundles the peer as our functions are. Undefined when it is not installed. */
export async function bundlePeer(folder: string): Promise<Peer | undefined> {
  if (!existsSync(join(import.meta.dirname, 'node_modules/chat'))) return undefined;
  const outfile = join(folder, 'index.mjs');
  await build({
    entryPoints: [join(import.meta.dirname, 'peer/webhook.mjs')],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    minify: true,
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'warning',
    mainFields: ['module', 'main'],
    // its Redis client is CommonJS and requires Node's own modules
    banner: { js: `import{createRequire}from'node:module';const require=createRequire(import.meta.url);` },
  });
  return { folder, bytes: (await stat(outfile)).size };
}
