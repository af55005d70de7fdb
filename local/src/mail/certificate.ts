import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** A server's private key and the certificate that its clients are told to trust. PEM. */
export interface Certificate {
  key: string;
  cert: string;
}

const DAY_MS = 24 * 3600_000;
const TEN_YEARS_MS = 3650 * DAY_MS;

/** The certificate of this machine's mail servers: made once, the same at every later start. */
export async function certificateIn(file: string): Promise<Certificate> {
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Certificate;
  const certificate = await makeCertificate(['127.0.0.1'], new Date(Date.now() + TEN_YEARS_MS));
  writeFileSync(file, JSON.stringify(certificate), { mode: 0o600 });
  return certificate;
}

/** A certificate of its own authority, for `localhost` and these IP addresses. */
export async function makeCertificate(ips: string[], notAfterDate: Date): Promise<Certificate> {
  // The maker is loaded when there is something to make: once in the life of a folder.
  const { generate } = await import('selfsigned');
  const made = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    notBeforeDate: new Date(Math.min(Date.now(), notAfterDate.getTime()) - DAY_MS),
    notAfterDate,
    extensions: [
      { name: 'basicConstraints', cA: true },
      {
        name: 'subjectAltName',
        altNames: [{ type: 2, value: 'localhost' }, ...ips.map((ip) => ({ type: 7 as const, ip }))],
      },
    ],
  });
  return { key: made.private, cert: made.cert };
}
