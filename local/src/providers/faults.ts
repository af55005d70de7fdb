import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod/mini';

const count = z.int().check(z.minimum(1));

/** Body of `POST /faults`. A fault is spent by calls or by webhooks, whichever it is about. */
export const faultSchema = z.strictObject({
  times: z._default(count, 1),
  /** only calls whose path contains this */
  path: z.optional(z.string()),
  status: z.optional(z.int()),
  body: z.optional(z.unknown()),
  headers: z.optional(z.record(z.string(), z.string())),
  /** the answer comes this much later; what the call does happens at once. 0, or a clearing, lets go of all that are late */
  delay_ms: z.optional(z.number()),
  /** the call is taken, then the connection drops */
  lose_answer: z.optional(z.boolean()),
  /** the provider's own error code (WhatsApp Cloud: 131056 pair rate, 130429 throughput, 131047, …) */
  code: z.optional(z.int()),
  /** WhatsApp Cloud: what Meta may report late (131047 and `code`) comes as a failed status instead of an answer */
  asynchronous: z.optional(z.boolean()),
  /** Telegram: seconds, in the body and in Retry-After */
  retry_after: z.optional(z.int()),
  duplicate_webhooks: z.optional(count),
  reorder_webhooks: z.optional(z.boolean()),
  hold_receipts: z.optional(z.boolean()),
});

export type Fault = z.infer<typeof faultSchema>;

export interface Faults {
  /** `hold_receipts: false` takes the hold away again. */
  add(fault: Fault): void;
  list(): Fault[];
  /** Also lets go of the answers that are late. */
  clear(): void;
  /** Resolves when an answer that is so much later is due. */
  late(ms: number): Promise<void>;
  /** The fault for this call, spent once. */
  forCall(path: string): Fault | undefined;
  /** What happens to the next webhook: how many more copies go out, and whether it waits for `left` others. */
  forWebhook(): { copies: number; held: boolean; left: number };
  holdsReceipts(): boolean;
}

export function createFaults(): Faults {
  let faults: Fault[] = [];
  const waiting = new Set<() => void>();
  const spend = (matches: (fault: Fault) => boolean): Fault | undefined => {
    const fault = faults.find(matches);
    if (fault) fault.times -= 1;
    faults = faults.filter(({ times }) => times > 0);
    return fault;
  };
  const letGo = () => {
    for (const go of waiting) go();
  };
  return {
    add: (fault) => {
      if (fault.delay_ms === 0) return letGo();
      if (fault.hold_receipts !== undefined) faults = faults.filter(({ hold_receipts }) => hold_receipts === undefined);
      if (fault.hold_receipts !== false) faults.push({ ...fault });
    },
    list: () => faults,
    clear: () => {
      faults = [];
      letGo();
    },
    late: async (ms) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting.add(resolve);
      await Promise.race([promise, sleep(ms, undefined, { ref: false })]);
      waiting.delete(resolve);
    },
    forCall: (path) => spend((fault) => isAboutCalls(fault) && path.includes(fault.path ?? '')),
    forWebhook: () => {
      const duplicate = spend((fault) => fault.duplicate_webhooks !== undefined);
      const reorder = spend((fault) => fault.reorder_webhooks === true);
      return { copies: duplicate?.duplicate_webhooks ?? 0, held: reorder !== undefined, left: reorder?.times ?? 0 };
    },
    holdsReceipts: () => faults.some((fault) => fault.hold_receipts === true),
  };
}

function isAboutCalls(fault: Fault): boolean {
  return !fault.duplicate_webhooks && !fault.reorder_webhooks && !fault.hold_receipts;
}
