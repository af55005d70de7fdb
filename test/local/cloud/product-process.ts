import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after } from 'node:test';
import type { Cloud } from '@parley/local/cloud.ts';
import { eventually } from '../../support/eventually.ts';

const root = resolve(import.meta.dirname, '../../..');
export interface Ended {
  /** null when a signal ended it */
  code: number | null;
  output: string;
}

/** `npm start` as a process of its own: the leader of a group, so that whatever it leaves behind can be seen. */
export interface Run {
  pid: number;
  ended: Promise<Ended>;
  output(): string;
  signal(signal: NodeJS.Signals): void;
  /** Whether any process of its group is there. */
  isThere(): boolean;
}

export interface Product extends Run {
  access: Cloud['access'];
  /** Ctrl-C */
  stop(): Promise<Ended>;
  /** kill -9 */
  kill(): Promise<Ended>;
}

/** Resolves when no process of the group is left. */
export async function gone(running: Run): Promise<void> {
  await eventually('no process is left over', () => !running.isThere());
}

/** A free port, below those that the system gives to whoever asks for any: so nobody is given it before it is used, or between a kill and the next start. */
export async function freePort(): Promise<number> {
  const port = 20_000 + Math.floor(Math.random() * 10_000);
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    return freePort();
  }
  await new Promise((closed) => server.close(closed));
  return port;
}

/** An empty folder that is gone when the test file is done. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'parley-cloud-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs main.ts of this repository, or of a copy in `from`. */
export function run(args: string[], from = root): Run {
  const child = spawn(process.execPath, [join(from, 'local/src/main.ts'), ...args], {
    cwd: from,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const pid = child.pid ?? 0;
  const signal = (name: NodeJS.Signals | 0): boolean => {
    try {
      return process.kill(-pid, name);
    } catch {
      return false;
    }
  };
  after(() => signal('SIGKILL'));
  const written = outputOf(child);
  const ended = new Promise<Ended>((done) => child.once('close', (code) => done({ code, output: written() })));
  return { pid, ended, output: written, signal: (name) => void signal(name), isThere: () => signal(0) };
}

/** Runs it on a folder, and resolves when `access.json` is there. */
export async function startProduct(data: string, args: string[] = [], from = root): Promise<Product> {
  // Left by one that was killed.
  rmSync(join(data, 'access.json'), { force: true });
  const running = run(['--data', data, '--port', '0', '--no-open', ...args], from);
  await ready(running, data);
  const access = JSON.parse(readFileSync(join(data, 'access.json'), 'utf8')) as Cloud['access'];
  const end = (signal: NodeJS.Signals) => {
    running.signal(signal);
    return running.ended;
  };
  return { ...running, access, stop: () => end('SIGINT'), kill: () => end('SIGKILL') };
}

async function ready(running: Run, data: string): Promise<void> {
  await eventually(
    () => `the product starts: ${running.output()}`,
    () => {
      if (!running.isThere()) throw new Error(`the product did not start: ${running.output()}`);
      return existsSync(join(data, 'access.json'));
    },
  );
}

function outputOf({ stdout, stderr }: ChildProcess): () => string {
  let written = '';
  for (const stream of [stdout, stderr]) stream?.on('data', (chunk: Buffer) => (written += chunk.toString()));
  return () => written;
}
