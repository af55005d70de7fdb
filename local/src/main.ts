import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startCloud } from './cloud.ts';
import type { Cloud } from './cloud.ts';
import { makeProduct } from './product.ts';

const usage = `npm start -- [--port 4000] [--data .parley] [--fresh] [--no-open]

  --port N     where to listen on this machine; 0 takes a free port
  --data DIR   the folder that keeps everything
  --fresh      begin with nothing
  --no-open    do not open a browser`;

interface Options {
  port: number;
  data: string;
  fresh: boolean;
  open: boolean;
}

const began = performance.now();
const options = readOptions();
await makeProduct();
const cloud = await start(options);
console.log(banner(cloud, options));
void cloud.warm();
if (options.open && process.stdout.isTTY && !process.env['CI']) openBrowser(cloud.access.url);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop(cloud));

function readOptions(): Options {
  try {
    const { values } = parseArgs({
      allowNegative: true,
      options: {
        port: { type: 'string', default: '4000' },
        data: { type: 'string', default: '.parley' },
        fresh: { type: 'boolean', default: false },
        open: { type: 'boolean', default: true },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) end(0, usage);
    if (!/^\d{1,5}$/.test(values.port) || Number(values.port) > 65_535)
      throw new Error(`--port must be a number from 0 to 65535, not '${values.port}'`);
    return { port: Number(values.port), data: resolve(values.data), fresh: values.fresh, open: values.open };
  } catch (error) {
    return end(2, `${(error as Error).message}\n\n${usage}`);
  }
}

async function start({ port, data, fresh }: Options): Promise<Cloud> {
  try {
    return await startCloud({ port, data, fresh, log: process.env['PARLEY_LOG'] ? console.log : () => {} });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    return end(1, `Port ${port} is taken. Choose another with --port, or --port 0 for any free one.`);
  }
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

async function stop(running: Cloud): Promise<void> {
  console.log('\n  Stopping');
  await running.close();
  process.exit(0);
}

function end(code: number, text: string): never {
  (code === 0 ? console.log : console.error)(text);
  process.exit(code);
}
