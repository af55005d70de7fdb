import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { channel } from '@parley/core/channels/email/index.ts';
import { disconnect } from '@parley/core/channels/email/transport.ts';
import { certificateIn, type Certificate } from '@parley/local/mail/certificate.ts';
import { account } from '../channels/mail/reading.ts';
import { outgoing } from '../channels/mail/server.ts';
import { cases, type BounceCase } from './cases.ts';
import { startDestination, type Destination } from './destination.ts';
import { startExim } from './exim.ts';
import { startPostfix } from './postfix.ts';
import { freePort } from './server.ts';

// Has the product send a mail through real servers for each case, and keeps the report that comes back, byte by byte, as a fixture. With
// names behind it, of those cases only: node test/mail-servers/capture.ts expired delayed

const folder = join(import.meta.dirname, '../channels/mail/fixtures/bounces');
const user = 'support@nile.example';
const password = 'pass word';
const wanted = process.argv.slice(2);

const scratch = mkdtempSync(join(tmpdir(), 'parley-capture-'));
const certificate = await certificateIn(join(scratch, 'certificate.json'));
try {
  for (const one of cases.filter(({ name }) => wanted.length === 0 || wanted.includes(name)))
    await capture(one, certificate);
} finally {
  disconnect();
  rmSync(scratch, { recursive: true, force: true });
}

async function capture(one: BounceCase, certificate: Certificate): Promise<void> {
  const closing: (() => unknown)[] = [];
  try {
    const home = await startDestination({ offers: ['8BITMIME', 'SMTPUTF8'] });
    closing.push(home.close);
    const routes = await routesOf(one, home, closing);
    const start = one.server === 'postfix' ? startPostfix : startExim;
    const { settings = {}, patience, warnAfter } = one;
    const server = await start({
      certificate,
      hostname: 'mail.nile.example',
      user,
      password,
      routes,
      settings,
      ...(patience === undefined ? {} : { patience }),
      ...(warnAfter === undefined ? {} : { warnAfter }),
    });
    closing.push(server.close);
    await send(one, server.port, certificate);
    await keep(one, home, server.log);
  } finally {
    disconnect();
    for (const close of closing.toReversed()) await close();
  }
}

async function routesOf(
  { other }: BounceCase,
  home: Destination,
  closing: (() => unknown)[],
): Promise<Record<string, number>> {
  const back = { 'nile.example': home.port, 'in.parley.example': home.port };
  if (other === 'away') return { ...back, 'customers.example': await freePort() };
  if (other === 'exim') {
    const local = { domain: 'boxes.example', users: ['full'] };
    const exim = await startExim({
      certificate,
      hostname: 'mx.boxes.example',
      user,
      password,
      routes: back,
      local,
      patience: 2,
    });
    closing.push(exim.close);
    return { ...back, 'boxes.example': exim.port };
  }
  const away = await startDestination(other);
  closing.push(away.close);
  return { ...back, 'customers.example': away.port };
}

async function send({ to, plain, length }: BounceCase, port: number, { cert }: Certificate): Promise<void> {
  const bounces = plain ? {} : { bounce_address: 'bounce@in.parley.example' };
  const text =
    length === undefined ? 'Your order 17 is ready. طلبك جاهز' : 'Your order 17 is ready.\n'.repeat(length / 24);
  const receipt = await channel.send(
    outgoing({
      to: { identities: [{ kind: 'email', value: to }], name: 'Mona Hassan' },
      body: { type: 'email', subject: 'Order 17 طلب', text, attachments: [] },
    }),
    {
      ...account,
      baseUrl: `smtp://127.0.0.1:${port}`,
      credentials: { ...account.credentials, ...bounces, user, password, ca: cert },
    },
  );
  if (receipt.outcome !== 'accepted') throw new Error(JSON.stringify(receipt));
}

async function keep({ name, server, nth = 0 }: BounceCase, home: Destination, log: () => string): Promise<void> {
  for (const until = Date.now() + 30_000; home.taken.length <= nth; await delay(100))
    if (Date.now() > until) throw new Error(`${server} ${name}: nothing came back\n${log()}`);
  const report = home.taken[nth];
  if (!report) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${server}-${name}.eml`), report.bytes);
  console.log(`${server}-${name}.eml  from <${report.from}> to ${report.to.join(', ')}`);
}
