import * as v from 'valibot';
import type { Channel } from '../../channels/contract.ts';
import { manifestOf } from '../../channels/manifests.ts';
import type { LoadChannel } from '../../channels/registry.ts';
import type { ChannelName } from '../../domain/channel.ts';
import { compact } from '../../domain/compact.ts';
import { identityKey } from '../../domain/contact.ts';
import type { Identity } from '../../domain/contact.ts';
import { contactIdOf } from '../../domain/id.ts';
import type { ContactId } from '../../domain/id.ts';
import type { Lifted, OptOut } from '../../domain/opt-out.ts';
import { readOrRefuse, requiredText } from '../../domain/misfit.ts';
import { ok, refuse } from '../../domain/problem.ts';
import type { Result } from '../../domain/problem.ts';
import type { Unreachable } from '../../domain/reachability.ts';
import { resolveAlias } from '../../store/aliases.ts';
import { listAccounts } from '../../store/channel-accounts.ts';
import { findContact } from '../../store/contacts.ts';
import { findOptOut, liftOptOut, saveOptOut } from '../../store/opt-outs.ts';
import { liftUnreachable } from '../../store/unreachable.ts';
import type { Principal } from '../access/authenticate.ts';
import { channelField } from '../channel-field.ts';

type Fields = Record<string, unknown>;

/** A contact on a channel, with the identities that are known of it. */
interface Person {
  channel: ChannelName;
  contactId: ContactId;
  identities: Identity[];
}

const ofChannel = v.looseObject({ channel: channelField });
const LONGEST_REASON = 500;

/** `rpc/opt_out`: nothing more is sent to someone on a channel. `contact_id` names a contact; `to` an address, known or not. */
export async function optOut(load: LoadChannel, principal: Principal, fields: Fields): Promise<Result<OptOut>> {
  const person = await personIn(load, principal, fields);
  if (!person.ok) return person;
  const reason = readReason(fields, { required: false });
  if (!reason.ok) return reason;
  const { organizationId } = principal;
  const { contactId, channel } = person.value;
  const at = Date.now();
  await saveOptOut({ organizationId, contactId, channel, source: 'agent', reason: reason.value, at });
  const kept = await findOptOut(organizationId, contactId, channel);
  return kept && !kept.lifted ? ok(kept) : refuse(409, 'changed', 'It was lifted at the same moment');
}

/**
 * `rpc/opt_in`: an agent says why someone may be written to again. Without `why` it lifts what the person asked for; with it, that their address
 * was blocked, complained, gone, or wanted no marketing, on every account of the channel.
 */
export async function optIn(load: LoadChannel, principal: Principal, fields: Fields): Promise<Result<OptOut[]>> {
  const person = await personIn(load, principal, fields);
  if (!person.ok) return person;
  const reason = readReason(fields, { required: true });
  if (!reason.ok) return reason;
  const why = fields['why'] ?? 'opted_out';
  if (!isReason(why))
    return refuse(400, 'invalid_field', `'why': must be one of ${reasons.join(', ')}`, { details: 'why' });
  const by = principal.user?.email ?? principal.user?.id;
  const lifted: Lifted = {
    at: Date.now(),
    source: 'agent',
    ...compact({ reason: reason.value, by }),
  };
  const done = await liftFor(principal, person.value, why, lifted);
  if (done.length > 0) return ok(done);
  const { label } = manifestOf(person.value.channel);
  const details = (fields['to'] ?? undefined) === undefined ? 'contact_id' : 'to';
  return refuse(409, 'not_opted_out', `This person is not '${why}' on ${label}`, { details });
}

const reasons = ['opted_out', 'no_marketing', 'blocked', 'complained', 'gone'] as const satisfies Unreachable[];

function isReason(value: unknown): value is Unreachable {
  return reasons.some((reason) => reason === value);
}

async function liftFor(
  { organizationId }: Principal,
  { channel, contactId, identities }: Person,
  why: Unreachable,
  lifted: Lifted,
): Promise<OptOut[]> {
  if (why === 'opted_out') {
    const one = await liftOptOut({ organizationId, contactId, channel }, lifted);
    return one ? [one] : [];
  }
  const accounts = (await listAccounts(organizationId)).filter((account) => account.channel === channel);
  const all = accounts.flatMap(({ id: accountId }) =>
    identities.map((identity) => liftUnreachable({ organizationId, accountId, identity, why }, lifted)),
  );
  return (await Promise.all(all)).filter((one) => one !== undefined);
}

async function personIn(load: LoadChannel, principal: Principal, fields: Fields): Promise<Result<Person>> {
  const { contact_id: id = null, to = null } = fields;
  const read = readOrRefuse(ofChannel, { channel: fields['channel'] ?? undefined });
  if (!read.ok) return read;
  const { channel } = read.value;
  if (id !== null && to !== null)
    return refuse(400, 'contradiction', `'contact_id' and 'to' each say who it is: give one`, {
      details: 'contact_id',
    });
  if (id !== null) {
    const named = requiredText(fields, 'contact_id');
    return named.ok ? contactNamed(principal, channel, named.value as ContactId) : named;
  }
  if (to !== null) {
    const named = requiredText(fields, 'to', 2048);
    return named.ok ? addressee(await load(channel), principal, named.value) : named;
  }
  return refuse(400, 'missing_field', `One of 'contact_id' and 'to' is required`, { details: 'contact_id' });
}

async function contactNamed(
  { organizationId }: Principal,
  channel: ChannelName,
  id: ContactId,
): Promise<Result<Person>> {
  const contact = await findContact(organizationId, id);
  if (contact) return ok({ channel, contactId: contact.id, identities: contact.identities });
  return refuse(404, 'no_contact', `'contact_id' names no contact of this organization`, { details: 'contact_id' });
}

async function addressee(channel: Channel, { organizationId }: Principal, to: string): Promise<Result<Person>> {
  const { manifest } = channel;
  const identity = channel.recipient(to);
  if (!identity)
    return refuse(422, 'invalid_recipient', `'to': this is not a recipient on ${manifest.label}`, { details: 'to' });
  const first = (await resolveAlias(organizationId, identity)) ?? identity;
  const id = contactIdOf(organizationId, identityKey(first));
  const contact = await findContact(organizationId, id);
  return ok({
    channel: manifest.name,
    contactId: contact?.id ?? id,
    identities: contact?.identities ?? [identity],
  });
}

function readReason(fields: Fields, { required }: { required: boolean }): Result<string | undefined> {
  if ((fields['reason'] ?? undefined) === undefined && !required) return ok(undefined);
  const written = requiredText(fields, 'reason', LONGEST_REASON);
  if (!written.ok) return written;
  const reason = written.value.trim();
  return reason === '' ? refuse(400, 'missing_field', `'reason' is required`, { details: 'reason' }) : ok(reason);
}
