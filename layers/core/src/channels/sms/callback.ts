import { hmacHex, signedWith } from '../shared/secrets.ts';

/** `ref` and `k` are ours; `fields` is what the provider added to the address. */
export interface CallbackQuery {
  reference: string | undefined;
  token: string | undefined;
  fields: Record<string, string>;
}

/**
 * Where the delivery report of one send is to go. The address says which send it is about and proves that we gave it out, so nothing depends on what
 * VictoryLink calls its fields, which it does not publish.
 */
export function callbackUrl(webhookUrl: string, reference: string, secret: string): string {
  return `${webhookUrl}?${new URLSearchParams({ ref: reference, k: tokenOf(reference, secret) }).toString()}`;
}

/** Whether the token proves that we gave this address out. */
export function isOurs({ reference, token }: CallbackQuery, secret: string | undefined): boolean {
  return reference !== undefined && signedWith('sha256', secret, signedPart(reference), token);
}

/** Ours come first. A sender that appends `?status=…` to an address that has a query already is understood too. */
export function readQuery(query: URLSearchParams): CallbackQuery {
  const [token, appended = ''] = (query.get('k') ?? '').split('?', 2);
  const { ref: _, k: __, ...fields } = Object.fromEntries([...query, ...new URLSearchParams(appended)]);
  return { reference: query.get('ref') ?? undefined, token, fields };
}

function tokenOf(reference: string, secret: string): string {
  return hmacHex('sha256', secret, signedPart(reference));
}

function signedPart(reference: string): string {
  return `sms report\n${reference}`;
}
