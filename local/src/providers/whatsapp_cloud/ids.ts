import { createHash, randomBytes } from 'node:crypto';

/** A message id as Meta makes them: base64 of a small record that holds the customer's number. */
export function wamid(direction: 'in' | 'out', address: string): string {
  const digits = Buffer.from(digitsOf(address), 'latin1');
  const unique = Buffer.from(
    randomBytes(direction === 'in' ? 10 : 9)
      .toString('hex')
      .toUpperCase(),
    'latin1',
  );
  const way = direction === 'in' ? 0x12 : 0x11;
  const head = [0x1c, 0x18, digits.length, ...digits, 0x15, 0x02, 0x00, way, 0x18, unique.length, ...unique, 0x00];
  return `wamid.${Buffer.from(head).toString('base64')}`;
}

const countries: [prefix: string, code: string][] = [
  ['20', 'EG'],
  ['971', 'AE'],
  ['966', 'SA'],
  ['44', 'GB'],
  ['49', 'DE'],
  ['55', 'BR'],
  ['1', 'US'],
];

/** The business-scoped user id: the same for one customer on all numbers of a WhatsApp Business account. */
export function bsuid(wabaId: string, address: string): string {
  const digits = digitsOf(address);
  const country = countries.find(([prefix]) => digits.startsWith(prefix))?.[1] ?? 'US';
  const number = createHash('sha256').update(`${wabaId} ${digits}`).digest().readBigUInt64BE() % 10n ** 16n;
  return `${country}.${String(number).padStart(16, '1')}`;
}

/** One per customer, number and day. */
export function conversationId(phoneNumberId: string, address: string, at: number): string {
  const day = Math.floor(at / 86_400_000);
  return createHash('md5')
    .update(`${phoneNumberId} ${digitsOf(address)} ${day}`)
    .digest('hex');
}

export function digitsOf(address: string): string {
  return address.replaceAll(/\D/g, '');
}
