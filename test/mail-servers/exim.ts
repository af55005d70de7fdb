import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, listens, lookFor, stop, type MailServer, type MailServerOptions } from './server.ts';

/** Exim 4, wherever it lies: `EXIM` may say. */
export function findExim(): string | undefined {
  return process.env['EXIM'] ?? lookFor('exim4') ?? lookFor('exim');
}

export interface EximOptions extends MailServerOptions {
  /** a domain of its own, and who has a mailbox there: one that a mail of a hundred bytes fills */
  local?: { domain: string; users: string[] };
}

/** The same as a Postfix, by the other server that much of the world's mail goes through. Has to be started as root. */
export async function startExim(options: EximOptions): Promise<MailServer> {
  const exim = findExim();
  if (!exim) throw new Error('Exim is not installed (apt-get install exim4-daemon-light)');
  const folder = mkdtempSync(join(tmpdir(), 'parley-exim-'));
  chmodSync(folder, 0o755);
  const port = await freePort();
  const file = join(folder, 'exim.conf');
  for (const name of ['spool', 'boxes']) mkdirSync(join(folder, name));
  writeFileSync(join(folder, 'key.pem'), options.certificate.key);
  writeFileSync(join(folder, 'cert.pem'), options.certificate.cert);
  execFileSync('chown', ['-R', 'Debian-exim', folder]);
  writeFileSync(file, configurationOf(exim, folder, port, options));
  const daemon = spawn(exim, ['-C', file, '-bdf', '-q1s'], { stdio: 'ignore' });
  const log = () => ['mainlog', 'paniclog'].map((name) => logged(join(folder, name))).join('');
  await listens(port, log);
  return {
    port,
    log,
    flush: () => void execFileSync(exim, ['-C', file, '-qff']),
    async close() {
      await stop(daemon);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function logged(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

function configurationOf(exim: string, folder: string, port: number, options: EximOptions): string {
  const { hostname, user, password, routes, settings = {}, local, patience = 3600, warnAfter } = options;
  const main = {
    primary_hostname: hostname,
    exim_path: exim,
    spool_directory: join(folder, 'spool'),
    log_file_path: join(folder, '%slog'),
    local_interfaces: '127.0.0.1',
    daemon_smtp_ports: String(port),
    tls_certificate: join(folder, 'cert.pem'),
    tls_privatekey: join(folder, 'key.pem'),
    tls_advertise_hosts: '*',
    auth_advertise_hosts: '${if eq{$tls_in_cipher}{}{}{*}}',
    acl_smtp_rcpt: 'accept_all',
    acl_smtp_data: 'accept_all',
    host_lookup: '',
    never_users: '',
    keep_environment: '',
    message_size_limit: '25M',
    ...(warnAfter === undefined ? {} : { delay_warning: `${warnAfter}s` }),
    ...settings,
  };
  return [
    ...Object.entries(main).map(([name, value]) => `${name} = ${value}`),
    `begin acl\naccept_all:\n  accept`,
    `begin authenticators\nplain:\n  driver = plaintext\n  public_name = PLAIN\n  server_prompts = :\n  server_condition = \${if and{{eq{$auth2}{${user}}}{eq{$auth3}{${password}}}}}\n  server_set_id = $auth2`,
    'begin routers',
    ...Object.entries(routes).map(([domain, where], index) => routerOf(`r${index}`, domain, where)),
    ...(local ? [localRouterOf(local)] : []),
    'begin transports',
    ...Object.entries(routes).map(
      ([, where], index) =>
        `t_r${index}:\n  driver = smtp\n  port = ${where}\n  allow_localhost\n  hosts_try_fastopen = :`,
    ),
    ...(local
      ? [`mailbox:\n  driver = appendfile\n  file = ${folder}/boxes/box\n  user = Debian-exim\n  quota = 100`]
      : []),
    `begin retry\n* * F,${patience}s,1s`,
    '',
  ].join('\n');
}

function routerOf(name: string, domain: string, where: number | string): string {
  const how =
    typeof where === 'number'
      ? `driver = manualroute\n  route_list = * 127.0.0.1\n  self = send\n  transport = t_${name}`
      : where;
  return `${name}:\n  domains = ${domain}\n  ${how}`;
}

function localRouterOf({ domain, users }: NonNullable<EximOptions['local']>): string {
  return `people:\n  driver = accept\n  domains = ${domain}\n  local_parts = ${users.join(' : ')}\n  transport = mailbox`;
}
