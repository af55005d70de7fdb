import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';

/** Ports by name, kept in a file from start to start. */
export interface SteadyPorts {
  /** The port of the last start when nobody else has it now, else 0: any free one. */
  of(name: string): Promise<number>;
  keep(urls: Record<string, string>): void;
}

export function steadyPorts(file: string): SteadyPorts {
  const known = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, number>) : {};
  return {
    async of(name) {
      const port = known[name];
      return port !== undefined && (await isFree(port)) ? port : 0;
    },
    keep(urls) {
      const ports = Object.entries(urls).map(([name, url]) => [name, Number(new URL(url).port)] as const);
      writeFileSync(file, JSON.stringify(Object.fromEntries(ports)));
    },
  };
}

function isFree(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const probe = createServer();
  probe.once('error', () => resolve(false));
  probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  return promise;
}
