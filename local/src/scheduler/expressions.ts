import { nextCron, parseCron, type Cron } from './cron.ts';
import { instantAfterGap, type LocalTime } from './zones.ts';

/** A parsed `at(...)`, `rate(...)` or `cron(...)`. */
export type Expression =
  | { kind: 'at'; local: LocalTime }
  | { kind: 'rate'; everyMs: number }
  | { kind: 'cron'; cron: Cron };

/** When a schedule runs. All times in epoch milliseconds; `anchor` is the first run of a rate. `start` and `end` are inclusive. */
export type Timing = { expression: Expression; zone: string; anchor: number; start?: number; end?: number };

const UNIT_MS = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** Parses a schedule expression; undefined when AWS would refuse it. */
export function parseExpression(text: string): Expression | undefined {
  const [, kind, inner = ''] = /^(at|rate|cron)\((.*)\)$/.exec(text) ?? [];
  if (kind === 'at') return parseAt(inner);
  if (kind === 'rate') return parseRate(inner);
  const cron = kind === 'cron' ? parseCron(inner) : undefined;
  return cron && { kind: 'cron', cron };
}

/** The first run after `after` (exclusive), if there is one. A one-time schedule takes no notice of start and end. */
export function nextRun(timing: Timing, after: number): number | undefined {
  const { expression, zone, start, end } = timing;
  if (expression.kind === 'at') {
    const instant = instantAfterGap(expression.local, zone);
    return instant > after ? instant : undefined;
  }
  const from = start === undefined ? after : Math.max(after, start - 1);
  const next =
    expression.kind === 'rate'
      ? nextRate(timing.anchor, expression.everyMs, from)
      : nextCron(expression.cron, zone, from);
  return next === undefined || (end !== undefined && next > end) ? undefined : next;
}

function parseAt(text: string): Expression | undefined {
  const [, ...numbers] = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)$/.exec(text)?.map(Number) ?? [];
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = numbers;
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const isReal = numbers.length === 6 && date.toISOString() === `${text}.000Z`;
  return isReal ? { kind: 'at', local: { year, month, day, hour, minute, second } } : undefined;
}

function parseRate(text: string): Expression | undefined {
  const [, value, unit] = /^([1-9]\d*) (minute|hour|day)s?$/.exec(text) ?? [];
  if (unit !== 'minute' && unit !== 'hour' && unit !== 'day') return undefined;
  const everyMs = Number(value) * UNIT_MS[unit];
  return Number.isSafeInteger(everyMs) ? { kind: 'rate', everyMs } : undefined;
}

function nextRate(anchor: number, everyMs: number, after: number): number {
  return anchor + Math.max(0, Math.floor((after - anchor) / everyMs) + 1) * everyMs;
}
