import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { startRedisStandIn } from './redis-stand-in.ts';

const PROGRAM = 'redis-server';

export interface Redis {
  url: string;
  kind: typeof PROGRAM | 'stand-in';
  close(): void;
}

/** The machine's redis-server where there is one, else what stands in for it. It keeps nothing. */
export async function startRedis(): Promise<Redis> {
  const port = await freePort();
  const settings = ['--bind', '127.0.0.1', '--port', String(port), '--save', '', '--appendonly', 'no'];
  const server = spawn(PROGRAM, settings, { stdio: 'ignore' });
  try {
    await once(server, 'spawn');
  } catch {
    return { ...(await startRedisStandIn()), kind: 'stand-in' };
  }
  await answers(port);
  return { url: `redis://127.0.0.1:${port}`, kind: PROGRAM, close: () => void server.kill() };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

async function answers(port: number): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const connection = connect(port, '127.0.0.1');
    try {
      await once(connection, 'connect');
      return;
    } catch {
      await delay(50);
    } finally {
      connection.destroy();
    }
  }
  throw new Error(`${PROGRAM} does not answer`);
}
