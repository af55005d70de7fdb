import { compact } from '../domain/compact.ts';
import type { Mark, Progress, SendError, Step } from '../domain/status.ts';
import type { Item } from './attributes.ts';

/** A mark as it is stored. `order` is the provider's time, or the largest number where there is none, so that a condition can compare it. */
interface MarkItem {
  order: number;
  at: number;
  detail?: string;
  error?: SendError;
}

/** The marks of a message, each an attribute of its item, so that a status writes its own and no other. */
export type MarkItems = { [step in Step]?: MarkItem };

const NO_PROVIDER_TIME = Number.MAX_SAFE_INTEGER;
/** Every step that a message's life may have. */
export const steps = ['unknown', 'sent', 'delivered', 'read', 'failed'] as const satisfies Step[];

/** A mark as an attribute. */
export function toMarkItem(mark: Mark): Item {
  return { order: mark.providerAt ?? NO_PROVIDER_TIME, at: mark.at, detail: mark.detail, error: mark.error };
}

/** What an item's marks say. */
export function progressOf(item: MarkItems): Progress {
  const marks = steps.flatMap((step) => (item[step] ? [[step, fromMarkItem(item[step])] as const] : []));
  return Object.fromEntries(marks);
}

function fromMarkItem({ order, at, detail, error }: MarkItem): Mark {
  return {
    at,
    ...(order === NO_PROVIDER_TIME ? {} : { providerAt: order }),
    ...compact({ detail, error }),
  };
}
