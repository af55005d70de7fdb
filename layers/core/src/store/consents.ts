import { v7 } from 'uuid';
import type { ChannelName } from '../domain/channel.ts';
import type { OrganizationId } from '../domain/id.ts';
import { decrypt, encrypt } from './encryption.ts';
import { ABSENT } from './expressions.ts';
import { usedConsentKey } from './keys/accounts.ts';
import { putItem } from './table.ts';

/** A consent that an organization asks for at a provider. */
export interface Consent {
  organizationId: OrganizationId;
  channel: ChannelName;
  appId: string;
  redirectUrl: string;
}

type Stated = Consent & { nonce: string; until: number };

const GOOD_FOR_MS = 600_000;
const CONTEXT = { purpose: 'consent' };

/** What goes to the provider and comes back with the owner: sealed, so that nobody else can have made it. */
export async function stateOf(consent: Consent, now: number): Promise<string> {
  const stated: Stated = { ...consent, nonce: v7(), until: now + GOOD_FOR_MS };
  return Buffer.from(await encrypt(JSON.stringify(stated), CONTEXT), 'base64').toString('base64url');
}

/** The consent that a state was made for. Undefined when it is not ours, is older than ten minutes, or is another organization's. */
export async function consentOf(
  state: string,
  organization: OrganizationId,
  now: number,
): Promise<(Consent & { nonce: string }) | undefined> {
  const stated = await opened(state);
  return stated && stated.organizationId === organization && stated.until > now ? stated : undefined;
}

/** Uses a consent up. False: it has been used already. */
export async function takeConsent(nonce: string, now: number): Promise<boolean> {
  const ttl = Math.ceil((now + 2 * GOOD_FOR_MS) / 1000);
  return (await putItem(usedConsentKey(nonce), { ttl }, ABSENT)).ok;
}

async function opened(state: string): Promise<Stated | undefined> {
  if (!/^[\w-]{1,4000}$/.test(state)) return undefined;
  try {
    return JSON.parse(await decrypt(Buffer.from(state, 'base64url').toString('base64'), CONTEXT)) as Stated;
  } catch (error) {
    if (isForeign(error)) return undefined;
    throw error;
  }
}

/** KMS says so of what it has not made, or not for this. */
function isForeign(error: unknown): boolean {
  return error instanceof Error && ['InvalidCiphertextException', 'IncorrectKeyException'].includes(error.name);
}
