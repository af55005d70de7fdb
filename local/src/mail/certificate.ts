import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { generate } from 'selfsigned';

/** A server's private key and the certificate that its clients are told to trust. PEM. */
export interface Certificate {
  key: string;
  cert: string;
}

const TEN_YEARS_MS = 3650 * 24 * 3600_000;

/** The certificate of this machine's mail servers: made once, the same at every later start. */
export async function certificateIn(file: string): Promise<Certificate> {
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Certificate;
  const made = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    notAfterDate: new Date(Date.now() + TEN_YEARS_MS),
    extensions: [
      { name: 'basicConstraints', cA: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  const certificate = { key: made.private, cert: made.cert };
  writeFileSync(file, JSON.stringify(certificate), { mode: 0o600 });
  return certificate;
}
