import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { listenOn } from '../support/loopback.ts';
import type { Certificate } from '@parley/local/mail/certificate.ts';

/** A mail server that is not ours. */
export interface MailServer {
  port: number;
  /** what it wrote until now */
  log(): string;
  /** tries again now what could not be brought */
  flush(): void;
  close(): Promise<void>;
}

export interface MailServerOptions {
  certificate: Certificate;
  /** as it calls itself */
  hostname: string;
  /** who may hand in mail */
  user: string;
  password: string;
  /** a domain to the port on this machine that takes its mail, or to what the server calls such a thing */
  routes: Record<string, number | string>;
  /** after how many seconds it gives up, and after how many it tells the sender that it has not yet */
  patience?: number;
  warnAfter?: number;
  /** further lines of its configuration */
  settings?: Record<string, string>;
}

export async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listenOn(server);
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}

/** Where a program lies that servers have. */
export function lookFor(program: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin', '/usr/local/sbin'];
  return folders.map((folder) => join(folder, program)).find((path) => existsSync(path));
}

export function programOf(name: string): string {
  const path = lookFor(name);
  if (path === undefined) throw new Error(`${name} is not installed`);
  return path;
}

/** Resolves when something listens there; throws, with what the server said, when nothing does within half a minute. */
export async function listens(port: number, log: () => string): Promise<void> {
  for (const until = Date.now() + 30_000; Date.now() < until; await delay(50)) if (await isThere(port)) return;
  throw new Error(`nothing listens on ${port}: ${log()}`);
}

function isThere(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => end(true)).once('error', () => end(false));
    function end(there: boolean) {
      socket.destroy();
      resolve(there);
    }
  });
}

/** Ends a process, and waits until it has. */
export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), 5000);
  await ended;
  clearTimeout(late);
}
