import { spawn } from 'node:child_process';
import { enableCompileCache, flushCompileCache } from 'node:module';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Cloud } from './cloud.ts';

const usage = `npm start -- [--port 4000] [--data .parley] [--providers URL] [--fresh] [--no-open]

  --port N         where to listen on this machine; 0 takes a free port
  --data DIR       the folder that keeps everything
  --providers URL  use pretend providers that run elsewhere
  --fresh          begin with nothing
  --no-open        do not open a browser`;

interface Options {
  port: number;
  data: string;
  fresh: boolean;
  open: boolean;
  providers: string | undefined;
}

const began = performance.now();
const wantsLog = Boolean(process.env['PARLEY_LOG']);
/** Everything is durable, so what has not stopped by then is cut off. */
const LONGEST_STOP_MS = 10_000;
const options = readOptions();
let running: Cloud | undefined;
let isStopping = false;
// npm passes Ctrl-C on to a process that the terminal has told already.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop());
running = await start(options);
console.log(banner(running, options));
if (options.open && process.stdout.isTTY && !process.env['CI']) openBrowser(running.access.url);
await running.warm();
flushCompileCache();

function readOptions(): Options {
  try {
    const { values } = parseArgs({
      allowNegative: true,
      options: {
        port: { type: 'string', default: '4000' },
        data: { type: 'string', default: '.parley' },
        providers: { type: 'string' },
        fresh: { type: 'boolean', default: false },
        open: { type: 'boolean', default: true },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) end(0, usage);
    if (values.data === '') throw new Error('--data must name a folder');
    if (!/^\d{1,5}$/.test(values.port) || Number(values.port) > 65_535)
      throw new Error(`--port must be a number from 0 to 65535, not '${values.port}'`);
    const { fresh, open, providers } = values;
    if (providers !== undefined && !URL.canParse(providers))
      throw new Error(`--providers must be a URL, not '${providers}'`);
    return { port: Number(values.port), data: resolve(values.data), fresh, open, providers };
  } catch (error) {
    return end(2, `${(error as Error).message}\n\n${usage}`);
  }
}

/** Everything else is imported with the cache of compiled modules on: that halves the time it takes. */
async function start({ port, data, fresh, providers }: Options): Promise<Cloud> {
  enableCompileCache();
  const { startCloud } = await import('./cloud.ts');
  const { makeProduct } = await import('./product.ts');
  try {
    return await startCloud({
      port,
      data,
      fresh,
      log: wantsLog ? console.log : () => {},
      make: makeProduct,
      schedules: true,
      ...(providers === undefined ? {} : { providers }),
    });
  } catch (error) {
    return end(1, `Parley could not start.\n\n${reasonOf(error, port)}`);
  }
}

function reasonOf(error: unknown, port: number): string {
  if (!(error instanceof Error)) return String(error);
  const isTaken = 'code' in error && error.code === 'EADDRINUSE' && 'port' in error && error.port === port;
  if (isTaken) return `Port ${port} is taken. Choose another with --port, or --port 0 for any free one.`;
  return wantsLog ? (error.stack ?? error.message) : error.message;
}

function banner({ access }: Cloud, { data }: Options): string {
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const agents = access.organizations.flatMap(({ name, agents: [agent] }) =>
    agent ? [`    ${agent.email}  ${agent.password}  (${name})`] : [],
  );
  return [
    '',
    `  Parley is ready after ${seconds} s`,
    '',
    `  Inbox    ${access.url}/`,
    `  Phones   ${access.url}/phone`,
    '',
    '  Sign in as',
    ...agents,
    '',
    `  Keys, secrets and webhook addresses: ${data}/access.json`,
    '  Stop with Ctrl-C; everything is kept for the next start.',
    '',
  ].join('\n');
}

function openBrowser(url: string): void {
  spawn(process.platform === 'darwin' ? 'open' : 'xdg-open', [url], { stdio: 'ignore', detached: true }).once(
    'error',
    () => {},
  );
}

async function stop(): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  console.log('\n  Stopping');
  setTimeout(() => process.exit(0), LONGEST_STOP_MS);
  await running?.close();
  process.exit(0);
}

function end(code: number, text: string): never {
  (code === 0 ? console.log : console.error)(text);
  process.exit(code);
}
