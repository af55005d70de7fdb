import type { Json } from '../../json.ts';
import type { State } from '../state.ts';
import type { MetaAccount, Product } from './product.ts';

/** What an app hears of each account. */
export interface Subscriptions {
  /** everything, until the app has said otherwise; nothing after it has left */
  of(account: MetaAccount): readonly string[];
  set(account: MetaAccount, fields: readonly string[]): void;
  /** Whether a webhook tells of this event. */
  hears(account: MetaAccount, event: Json): boolean;
}

export function createSubscriptions(state: State, product: Product): Subscriptions {
  const shelf = `subscriptions ${product.object}`;
  const of = (account: MetaAccount): readonly string[] =>
    (state.get(shelf, account.external_id) as string[] | undefined) ?? product.fields;
  return {
    of,
    set: (account, fields) => state.put(shelf, account.external_id, fields),
    hears: (account, event) => {
      const field = product.fieldOf(event);
      return field === undefined ? of(account).length > 0 : of(account).includes(field);
    },
  };
}
