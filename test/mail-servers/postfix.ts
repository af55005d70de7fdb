import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, listens, lookFor, programOf, stop, type MailServer, type MailServerOptions } from './server.ts';
import { startSignIn } from './sign-in.ts';

/** Why a Postfix can't be started here, or undefined when it can. */
export function whyNoPostfix(): string | undefined {
  if (!lookFor('postfix')) return 'Postfix is not installed (apt-get install postfix)';
  return process.getuid?.() === 0 ? undefined : 'Postfix has to be started as root';
}

/** A Postfix of its own folder on loopback: it takes mail over STARTTLS of who has signed in, and brings each domain's where `routes` says. */
export async function startPostfix(options: MailServerOptions): Promise<MailServer> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-postfix-'));
  chmodSync(folder, 0o755);
  const port = await freePort();
  const signIn = await startSignIn(options.user, options.password);
  writeConfiguration(folder, port, signIn.port, options);
  const master = spawn(programOf('postfix'), ['-c', join(folder, 'etc'), 'start-fg'], { stdio: 'ignore' });
  const log = () => readFileSync(join(folder, 'log'), 'utf8');
  await listens(port, log);
  return {
    port,
    log,
    flush: () => void execFileSync(programOf('postqueue'), ['-c', join(folder, 'etc'), '-f']),
    async close() {
      signIn.close();
      // what was spawned is only the parent of what serves
      execFileSync(programOf('postfix'), ['-c', join(folder, 'etc'), 'abort'], { stdio: 'ignore' });
      await stop(master);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function writeConfiguration(folder: string, port: number, signIn: number, options: MailServerOptions): void {
  for (const name of ['etc', 'spool', 'data', 'mail']) mkdirSync(join(folder, name));
  execFileSync('chown', ['postfix', join(folder, 'data'), join(folder, 'mail')]);
  const { certificate, hostname, routes, settings = {} } = options;
  writeFileSync(join(folder, 'etc/key.pem'), `${certificate.key}\n${certificate.cert}`, { mode: 0o600 });
  const transports = Object.entries(routes).map(([domain, where]) => `{ ${domain} = ${transportOf(where)} }`);
  const main = {
    compatibility_level: '3.6',
    queue_directory: join(folder, 'spool'),
    data_directory: join(folder, 'data'),
    maillog_file: join(folder, 'log'),
    maillog_file_prefixes: folder,
    myhostname: hostname,
    mydestination: '',
    alias_maps: '',
    local_recipient_maps: '',
    inet_interfaces: '127.0.0.1',
    inet_protocols: 'ipv4',
    mynetworks: '',
    smtp_dns_support_level: 'disabled',
    smtp_tls_security_level: 'none',
    transport_maps: `inline:{ ${transports.join(', ')} }`,
    smtpd_tls_chain_files: join(folder, 'etc/key.pem'),
    smtpd_tls_security_level: 'may',
    smtpd_tls_auth_only: 'yes',
    smtpd_sasl_auth_enable: 'yes',
    smtpd_sasl_type: 'dovecot',
    smtpd_sasl_path: `inet:127.0.0.1:${signIn}`,
    smtpd_relay_restrictions: 'permit_sasl_authenticated, reject_unauth_destination',
    message_size_limit: '26214400',
    ...hurry(options),
    ...settings,
  };
  writeFileSync(
    join(folder, 'etc/main.cf'),
    Object.entries(main)
      .map(([name, value]) => `${name} = ${value}\n`)
      .join(''),
  );
  writeFileSync(join(folder, 'etc/master.cf'), masterOf(port));
}

/** What takes days takes seconds. */
function hurry({ patience, warnAfter }: MailServerOptions): Record<string, string> {
  if (patience === undefined) return {};
  return {
    maximal_queue_lifetime: `${patience}s`,
    bounce_queue_lifetime: `${patience}s`,
    queue_run_delay: '1s',
    minimal_backoff_time: '1s',
    maximal_backoff_time: '1s',
    ...(warnAfter === undefined ? {} : { delay_warning_time: `${warnAfter}s` }),
  };
}

function transportOf(where: number | string): string {
  return typeof where === 'number' ? `smtp:[127.0.0.1]:${where}` : where;
}

/** The services of a Postfix as it comes, none in a chroot. */
function masterOf(port: number): string {
  const services = [
    `127.0.0.1:${port} inet n - n - - smtpd`,
    'cleanup unix n - n - 0 cleanup',
    'qmgr unix n - n 300 1 qmgr',
    'tlsmgr unix - - n 1000? 1 tlsmgr',
    'rewrite unix - - n - - trivial-rewrite',
    'bounce unix - - n - 0 bounce',
    'defer unix - - n - 0 bounce',
    'trace unix - - n - 0 bounce',
    'flush unix n - n 1000? 0 flush',
    'proxymap unix - - n - - proxymap',
    'smtp unix - - n - - smtp',
    'showq unix n - n - - showq',
    'error unix - - n - - error',
    'retry unix - - n - - error',
    'discard unix - - n - - discard',
    'virtual unix - n n - - virtual',
    'anvil unix - - n - 1 anvil',
    'scache unix - - n - 1 scache',
    'postlog unix-dgram n - n - 1 postlogd',
  ];
  return services.map((line) => `${line}\n`).join('');
}
