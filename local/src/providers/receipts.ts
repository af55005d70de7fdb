import type { Faults } from './faults.ts';
import type { Phone, PhoneMessage, Phones, PhoneStatus } from './phones.ts';
import type { State } from './state.ts';

/** What phones report about a business's messages, and may be told to keep for themselves. */
export interface Receipts {
  /** Runs the report, or keeps it while receipts are held. Reports kept run in the order they came. */
  report(report: () => Promise<void>): Promise<void>;
  /** Runs what was kept. */
  release(): Promise<void>;
}

/** A phone that has reported something does not report it again, so its mark and the webhook that tells of it are kept together. */
export function createReceipts(faults: Faults, { together }: Pick<State, 'together'>): Receipts {
  let held: (() => Promise<void>)[] = [];
  return {
    report: async (report) => {
      if (faults.holdsReceipts()) held.push(report);
      else await together(report);
    },
    release: async () => {
      const reports = held;
      held = [];
      for (const report of reports) await together(report);
    },
  };
}

const rank: Record<PhoneStatus, number> = { sent: 0, failed: 1, delivered: 2, read: 3 };

/** Moves a message's status forward. False when it already was as far. */
export function advance(
  phones: Phones,
  phone: Phone,
  account: string,
  messageId: string,
  status: PhoneStatus,
): boolean {
  const message = phones.thread(phone, account).find(({ id }) => id === messageId);
  if (!message || rank[message.status] >= rank[status]) return false;
  phones.replace(phone, account, { ...message, status });
  return true;
}

/** The business's messages this phone has not reported as read. */
export function unread(phones: Phones, phone: Phone, account: string): PhoneMessage[] {
  return phones
    .thread(phone, account)
    .filter(({ from, status }) => from === 'business' && status !== 'read' && status !== 'failed');
}
