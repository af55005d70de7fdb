import type { Channel } from '../../channels/contract.ts';
import type { Broadcast } from '../../domain/broadcast.ts';
import { compact } from '../../domain/compact.ts';
import { identityKey } from '../../domain/contact.ts';
import type { Contact } from '../../domain/contact.ts';
import type { ContactId } from '../../domain/id.ts';
import { findContacts, listContactsAfter } from '../../store/contacts.ts';
import { readLines } from '../../store/broadcast-files.ts';
import type { Collector } from './collect.ts';
import type { ChunkEnd, ContactFilter } from './reading.ts';

const CHUNK_CONTACTS = 20_000;
const PAGE = 100;

/** One chunk of the contacts that a broadcast is for: by their ids, or those of all that its filter names. */
export async function readContacts(
  channel: Channel,
  broadcast: Broadcast,
  filter: ContactFilter,
  collected: Collector,
): Promise<ChunkEnd> {
  const { audience } = broadcast;
  if (audience?.kind === 'contacts') return readNamed(channel, broadcast, audience.key, collected);
  const matches = await filter(audience?.kind === 'filter' ? audience.filter : '');
  return readFiltered(channel, broadcast, matches, collected);
}

async function readNamed(channel: Channel, broadcast: Broadcast, key: string, collected: Collector): Promise<ChunkEnd> {
  const { organizationId } = broadcast;
  const ids = await readLines<ContactId>(key);
  const from = Number(broadcast.reading.at);
  const to = Math.min(from + CHUNK_CONTACTS, ids.length);
  for (let start = from; start < to; start += PAGE) {
    const page = ids.slice(start, Math.min(start + PAGE, to));
    const found = new Map(
      (await findContacts(organizationId, [...new Set(page)])).map((contact) => [contact.id, contact]),
    );
    for (const [index, id] of page.entries()) {
      const contact = found.get(id);
      if (contact) await addContact(channel, contact, start + index + 1, collected);
      else collected.refuse(start + index + 1, [id], 'no contact of this organization');
    }
  }
  return { at: to, row: to, isEnd: to === ids.length };
}

/** Those without an address of the channel are not meant. */
async function readFiltered(
  channel: Channel,
  { organizationId, reading }: Broadcast,
  matches: (contact: Contact) => boolean,
  collected: Collector,
): Promise<ChunkEnd> {
  let at = String(reading.at);
  let { row } = reading;
  let read = 0;
  for await (const contact of listContactsAfter(organizationId, at)) {
    if (read === CHUNK_CONTACTS) return { at, row, isEnd: false };
    read += 1;
    at = contact.id;
    if (!matches(contact) || !hasAddress(channel, contact)) continue;
    row += 1;
    await addContact(channel, contact, row, collected);
  }
  return { at, row, isEnd: true };
}

function hasAddress({ manifest }: Channel, { identities }: Contact): boolean {
  return identities.some(({ kind }) => kind === manifest.address);
}

async function addContact(
  { manifest }: Channel,
  { id, identities, name }: Contact,
  row: number,
  { add, refuse }: Collector,
): Promise<void> {
  const identity = identities.find(({ kind }) => kind === manifest.address);
  if (!identity) return refuse(row, [id], `has no ${manifest.label} address`);
  await add(identityKey(identity), {
    to: identity.value,
    contactId: id,
    ...compact({ name }),
  });
}
