import { createHash } from 'node:crypto';
import type { MailFile, ReadMail } from '@parley/core/channels/contract.ts';
import { reader } from '@parley/core/channels/email/mail/reader.ts';
import type { Email } from '@parley/core/domain/body.ts';
import type { ChannelAccountId, OrganizationId } from '@parley/core/domain/id.ts';

export const SECRET = 'a webhook secret';

export const account = {
  id: 'acc_0190a6f0-7c5e-7b7e-8c1e-3d1f3c0a9b11' as ChannelAccountId,
  organizationId: 'org_1' as OrganizationId,
  channel: 'email',
  name: 'Nile Coffee',
  externalId: 'support@nile.example',
  status: 'Active' as const,
  baseUrl: 'smtp://127.0.0.1:1',
  createdAt: 0,
  updatedAt: 0,
  credentials: { webhook_secret: SECRET, inbound_address: 'in+x@in.parley.example' },
};

export interface Read {
  mail: ReadMail;
  files: MailFile[];
}

/** Reads a raw mail, its files kept in memory. */
export async function read(
  raw: string | Uint8Array<ArrayBuffer>,
  envelope = { from: 'mona@customers.example', to: ['support@nile.example'] },
): Promise<Read> {
  const bytes = typeof raw === 'string' ? new TextEncoder().encode(raw.replaceAll(/\r?\n/g, '\r\n')) : raw;
  const files: MailFile[] = [];
  const mail = await reader.read({ bytes, envelope }, account, async (file) => {
    files.push(file);
    const sha256 = createHash('sha256').update(file.bytes).digest('hex');
    return {
      status: 'ready',
      key: file.name,
      mime: file.mime,
      size: file.bytes.length,
      sha256,
      ...(file.filename ? { filename: file.filename } : {}),
    };
  });
  return { mail, files };
}

export type Message = Extract<ReadMail, { kind: 'message' }>;

/** The mail read as a message. Throws when it is anything else. */
export async function message(
  raw: string | Uint8Array<ArrayBuffer>,
  envelope?: Parameters<typeof read>[1],
): Promise<Message & { email: Email; files: MailFile[] }> {
  const { mail, files } = await read(raw, envelope);
  if (mail.kind !== 'message' || mail.event.body.type !== 'email') throw new Error(`read as ${mail.kind}`);
  return { ...mail, email: mail.event.body, files };
}

export function fileNamed(files: MailFile[], name: string): string {
  const file = files.find((each) => each.name === name);
  if (!file) throw new Error(`no file ${name} among ${files.map((each) => each.name).join(', ')}`);
  return new TextDecoder().decode(file.bytes);
}

/** Bytes of a code page: each code unit of the text is one byte. */
export function bytes(latin1: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(latin1.replaceAll(/\r?\n/g, '\r\n'), 'latin1'));
}
