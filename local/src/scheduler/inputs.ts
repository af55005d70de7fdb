import * as z from 'zod/mini';
import { parseExpression, type Timing } from './expressions.ts';
import { readTarget } from './targets.ts';
import { instantAfterGap, isTimeZone } from './zones.ts';

const count = (min: number, max: number) => z.int().check(z.minimum(min), z.maximum(max));
const text = (min: number, max: number) => z.string().check(z.minLength(min), z.maxLength(max));

/** A schedule's or group's name. */
export const nameSchema = text(1, 64).check(z.regex(/^[0-9a-zA-Z-_.]+$/));

const targetSchema = z.object({
  Arn: text(1, 1600),
  RoleArn: text(1, 1600).check(z.regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/)),
  Input: z.optional(z.string().check(z.minLength(1))),
  RetryPolicy: z._default(
    z.object({
      MaximumEventAgeInSeconds: z._default(count(60, 86_400), 86_400),
      MaximumRetryAttempts: z._default(count(0, 185), 185),
    }),
    { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
  ),
  DeadLetterConfig: z.optional(z.object({ Arn: z.optional(text(1, 1600)) })),
  SqsParameters: z.optional(z.object({ MessageGroupId: z.optional(text(1, 128)) })),
});

const documentSchema = z.object({
  GroupName: z._default(nameSchema, 'default'),
  ScheduleExpression: text(1, 256),
  ScheduleExpressionTimezone: z._default(text(1, 50), 'UTC'),
  StartDate: z.optional(z.number()),
  EndDate: z.optional(z.number()),
  Description: z.optional(text(0, 512)),
  State: z._default(z.enum(['ENABLED', 'DISABLED']), 'ENABLED'),
  ActionAfterCompletion: z._default(z.enum(['NONE', 'DELETE']), 'NONE'),
  FlexibleTimeWindow: z.object({
    Mode: z.enum(['OFF', 'FLEXIBLE']),
    MaximumWindowInMinutes: z.optional(count(1, 1440)),
  }),
  KmsKeyArn: z.optional(text(1, 2048)),
  Target: targetSchema,
});
const inputSchema = z.extend(documentSchema, { ClientToken: z.optional(text(1, 64)) });

/** A schedule as it is asked for and given back, defaults filled in. Dates are in epoch seconds. */
export type ScheduleDocument = z.infer<typeof documentSchema>;

/** A target of a schedule, defaults filled in. */
export type Target = z.infer<typeof targetSchema>;

/** A create or update request that can be kept, or why it can't. */
type ReadInput =
  | { ok: true; document: ScheduleDocument; clientToken: string | undefined }
  | { ok: false; issues: readonly z.core.$ZodIssue[] }
  | { ok: false; message: string };

/** Reads the body of CreateSchedule or UpdateSchedule. */
export function readInput(body: unknown): ReadInput {
  const parsed = inputSchema.safeParse(body);
  if (!parsed.success) return { ok: false, issues: parsed.error.issues };
  const { ClientToken: clientToken, ...document } = parsed.data;
  const message = findProblem(document);
  return message === undefined ? { ok: true, document, clientToken } : { ok: false, message };
}

/** Why a new schedule's dates are refused at this moment, if so. `now` is in epoch milliseconds. */
export function findDateProblem({ StartDate, EndDate }: ScheduleDocument, now: number): string | undefined {
  if (StartDate !== undefined && StartDate * 1000 < now - 300_000) {
    return 'The StartDate you specify cannot be earlier than 5 minutes ago.';
  }
  return EndDate !== undefined && EndDate * 1000 < now ? 'The EndDate you specify cannot be in the past.' : undefined;
}

/** True for a one-time schedule whose time is over. `now` is in epoch milliseconds. */
export function isPast({ ScheduleExpression, ScheduleExpressionTimezone }: ScheduleDocument, now: number): boolean {
  const expression = parseExpression(ScheduleExpression);
  return expression?.kind === 'at' && instantAfterGap(expression.local, ScheduleExpressionTimezone) < now;
}

/** When the schedule runs. `anchor` (epoch milliseconds) is the first run of a rate without a start date. */
export function timingOf(document: ScheduleDocument, anchor: number): Timing | undefined {
  const expression = parseExpression(document.ScheduleExpression);
  if (expression === undefined) return undefined;
  const { ScheduleExpressionTimezone: zone, StartDate, EndDate } = document;
  return {
    expression,
    zone,
    anchor: StartDate === undefined ? anchor : StartDate * 1000,
    ...(StartDate === undefined ? {} : { start: StartDate * 1000 }),
    ...(EndDate === undefined ? {} : { end: EndDate * 1000 }),
  };
}

function findProblem(document: ScheduleDocument): string | undefined {
  const { ScheduleExpression, ScheduleExpressionTimezone, FlexibleTimeWindow, StartDate, EndDate } = document;
  if (!parseExpression(ScheduleExpression)) return `Invalid Schedule Expression ${ScheduleExpression}.`;
  if (!isTimeZone(ScheduleExpressionTimezone))
    return `Invalid Schedule Expression Timezone ${ScheduleExpressionTimezone}.`;
  if ((FlexibleTimeWindow.Mode === 'FLEXIBLE') !== (FlexibleTimeWindow.MaximumWindowInMinutes !== undefined)) {
    return 'MaximumWindowInMinutes goes with a flexible time window, and only with one.';
  }
  if (StartDate !== undefined && EndDate !== undefined && EndDate <= StartDate)
    return 'EndDate must be after StartDate.';
  const target = readTarget(document.Target);
  return target.kind === 'unusable' ? target.message : undefined;
}
