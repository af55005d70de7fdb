import * as v from 'valibot';
import { maybe, object, readAs, type Reading } from '../shared/read.ts';
import { identityOf } from './address.ts';
import * as wire from './wire.ts';

const text = maybe(v.string());

/** A group as gateways tell of it; engines differ in what they call its name. */
const group = object({
  id: wire.id,
  subject: text,
  name: text,
  Name: text,
  groupMetadata: maybe(object({ subject: text })),
});

/** What a group is called from now on. */
export function readGroup(raw: unknown): Reading {
  const identity = identityOf(readAs(group, raw)?.id);
  const name = groupNameIn(raw);
  return identity?.kind === 'group' && name
    ? { kind: 'name', counterparty: { identities: [identity], name }, renamed: true }
    : { kind: 'ignored', why: 'nothing new of a group' };
}

/** What a group is called; undefined when nothing says it. */
export function groupNameIn(raw: unknown): string | undefined {
  const { subject, name, Name, groupMetadata } = readAs(group, raw) ?? {};
  return (subject ?? name ?? Name ?? groupMetadata?.subject) || undefined;
}
