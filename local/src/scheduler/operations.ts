import { createHash } from 'node:crypto';
import { describeIssues } from '../kms/aws-json.ts';
import { scheduleArn } from './delivery.ts';
import { findDateProblem, isPast, nameSchema, readInput, type ScheduleDocument } from './inputs.ts';
import { nextRunOf } from './runner.ts';
import type { ScheduleRow, SchedulerStore } from './store.ts';

/** What a request came to, as HTTP: a JSON body, or one of the service's errors. */
export type Answer = { ok: true; body: unknown } | { ok: false; status: number; code: string; message: string };

/** A call on one named schedule. `now` is in epoch milliseconds. */
type ScheduleCall = { store: SchedulerStore; now: number; name: string; query: URLSearchParams; body: unknown };

/** CreateSchedule. The same request with the same ClientToken again is answered as before. */
export function createSchedule({ store, now, name, body }: ScheduleCall): Answer {
  const input = readNamed(name, body, now);
  if (!input.ok) return input;
  const { document, clientToken } = input;
  const problem = findDateProblem(document, now);
  if (problem !== undefined) return invalid(problem);
  if (!store.findGroup(document.GroupName)) return missing(`Schedule group ${document.GroupName}`);
  const token = clientToken === undefined ? null : tokenOf(clientToken, document);
  const existing = store.findSchedule(document.GroupName, name);
  if (existing && (token === null || existing.token !== token)) return conflict(`Schedule ${name} already exists.`);
  if (!existing) store.putSchedule({ ...newRow(name, document, now), created_at: now, token });
  return done({ ScheduleArn: scheduleArn(document.GroupName, name) });
}

/** UpdateSchedule: replaces the whole schedule, what is left out included. */
export function updateSchedule({ store, now, name, body }: ScheduleCall): Answer {
  const input = readNamed(name, body, now);
  if (!input.ok) return input;
  const existing = store.findSchedule(input.document.GroupName, name);
  if (!existing) return missing(`Schedule ${name}`);
  const { created_at, token } = existing;
  store.putSchedule({ ...newRow(name, input.document, now), created_at, token });
  return done({ ScheduleArn: scheduleArn(input.document.GroupName, name) });
}

/** GetSchedule. */
export function getSchedule({ store, name, query }: ScheduleCall): Answer {
  const row = store.findSchedule(groupOf(query), name);
  if (!row) return missing(`Schedule ${name}`);
  return done({ ...(JSON.parse(row.document) as ScheduleDocument), ...commonFields(row) });
}

/** DeleteSchedule. Repeated with its ClientToken it succeeds again. */
export function deleteSchedule({ store, name, query }: ScheduleCall): Answer {
  const group = groupOf(query);
  const token = query.get('clientToken');
  if (store.findSchedule(group, name)) store.deleteSchedule(group, name, token);
  else if (token === null || store.deletionToken(group, name) !== token) return missing(`Schedule ${name}`);
  return done({});
}

/** ListSchedules, by group and name, a page at a time. */
export function listSchedules(store: SchedulerStore, query: URLSearchParams): Answer {
  const limit = Number(query.get('MaxResults') ?? 100);
  const after = readPosition(query.get('NextToken'));
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) return invalid('MaxResults must be from 1 to 100.');
  if (after === undefined) return invalid('Invalid NextToken.');
  const filter = {
    group: query.get('ScheduleGroup'),
    prefix: query.get('NamePrefix') ?? '',
    state: query.get('State'),
  };
  const rows = store.listSchedules({ ...filter, after, limit: limit + 1 });
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  const NextToken = last && Buffer.from(JSON.stringify([last.grp, last.name])).toString('base64url');
  return done({ Schedules: page.map(summary), ...(NextToken === undefined ? {} : { NextToken }) });
}

/** CreateScheduleGroup. */
export function createGroup(store: SchedulerStore, now: number, name: string): Answer {
  if (!nameSchema.safeParse(name).success) return invalidName();
  if (store.findGroup(name)) return conflict(`Schedule group ${name} already exists.`);
  store.insertGroup(name, now);
  return done({ ScheduleGroupArn: groupArn(name) });
}

/** GetScheduleGroup. */
export function getGroup(store: SchedulerStore, name: string): Answer {
  const group = store.findGroup(name);
  if (!group) return missing(`Schedule group ${name}`);
  const dates = { CreationDate: group.created_at / 1000, LastModificationDate: group.modified_at / 1000 };
  return done({ Arn: groupArn(name), Name: name, State: 'ACTIVE', ...dates });
}

/** Refusal of a request that can't be understood. */
export function invalid(message: string): Answer & { ok: false } {
  return { ok: false, status: 400, code: 'ValidationException', message };
}

function readNamed(name: string, body: unknown, now: number) {
  if (!nameSchema.safeParse(name).success) return invalidName();
  const input = readInput(body);
  if (!input.ok) return invalid('message' in input ? input.message : describeIssues(input.issues));
  const { ScheduleExpression } = input.document;
  return isPast(input.document, now) ? invalid(`Invalid Schedule Expression ${ScheduleExpression}.`) : input;
}

function newRow(name: string, document: ScheduleDocument, now: number): Omit<ScheduleRow, 'created_at' | 'token'> {
  return {
    grp: document.GroupName,
    name,
    document: JSON.stringify(document),
    state: document.State,
    anchor: now,
    // A run at this very moment counts: a rate starts at once.
    next_at: nextRunOf(document, now, now - 1) ?? null,
    modified_at: now,
    last_delivery: null,
  };
}

function tokenOf(clientToken: string, document: ScheduleDocument): string {
  return createHash('sha256')
    .update(JSON.stringify([clientToken, document]))
    .digest('hex');
}

function readPosition(token: string | null): [string, string] | undefined {
  if (token === null) return ['', ''];
  try {
    const value: unknown = JSON.parse(Buffer.from(token, 'base64url').toString());
    const [group, name]: unknown[] = Array.isArray(value) ? value : [];
    return typeof group === 'string' && typeof name === 'string' ? [group, name] : undefined;
  } catch {
    return undefined;
  }
}

function summary(row: ScheduleRow) {
  const { Target } = JSON.parse(row.document) as ScheduleDocument;
  return { ...commonFields(row), GroupName: row.grp, State: row.state, Target: { Arn: Target.Arn } };
}

function commonFields(row: ScheduleRow) {
  const dates = { CreationDate: row.created_at / 1000, LastModificationDate: row.modified_at / 1000 };
  return { Arn: scheduleArn(row.grp, row.name), Name: row.name, ...dates };
}

function groupOf(query: URLSearchParams): string {
  return query.get('groupName') ?? 'default';
}

function groupArn(name: string): string {
  return `arn:aws:scheduler:us-east-1:000000000000:schedule-group/${name}`;
}

function done(body: unknown): Answer {
  return { ok: true, body };
}

function invalidName() {
  return invalid(
    "Value at 'name' failed to satisfy constraint: Member must satisfy [0-9a-zA-Z-_.]+ of 1 to 64 characters",
  );
}

function conflict(message: string): Answer {
  return { ok: false, status: 409, code: 'ConflictException', message };
}

function missing(what: string): Answer & { ok: false } {
  return { ok: false, status: 404, code: 'ResourceNotFoundException', message: `${what} does not exist.` };
}
