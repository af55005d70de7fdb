import { createECDH } from 'node:crypto';

/** A VAPID pair (RFC 8292): base64url, the point uncompressed. */
export interface KeyPair {
  public_key: string;
  private_key: string;
}

type Kept = { public_key?: string | undefined; private_key?: string | undefined; former_keys?: string | undefined };

/** The site's pair, and those it had before, for which subscriptions may still stand: `public.private` with spaces between them. */
export function pairsOf({ public_key = '', private_key = '', former_keys = '' }: Kept): [KeyPair, ...KeyPair[]] {
  const former = former_keys.split(' ').filter(Boolean);
  return [
    { public_key, private_key },
    ...former.map((pair) => {
      const [point = '', number = ''] = pair.split('.');
      return { public_key: point, private_key: number };
    }),
  ];
}

/** Whether the one is made from the other. */
export function isPair({ public_key, private_key }: KeyPair): boolean {
  try {
    const pair = createECDH('prime256v1');
    pair.setPrivateKey(Buffer.from(private_key, 'base64url'));
    return pair.getPublicKey('base64url') === public_key;
  } catch {
    return false;
  }
}
