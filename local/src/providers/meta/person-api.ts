import { json, type Answer, type Call } from '../http.ts';
import { graphError } from './errors.ts';
import { select } from './fields.ts';
import { nonexisting } from './oauth.ts';
import type { MetaAccount, MetaWorld, Product } from './product.ts';

/** `GET /{customer}`: a person's profile, for an account they have written to. Undefined when there is no such person. */
export function profile(
  world: MetaWorld,
  product: Product,
  account: MetaAccount,
  id: string,
  { query }: Call,
): Answer | undefined {
  const phone = world.phones.at(id);
  if (phone?.address !== id) return undefined;
  const consents = world.phones.thread(phone, account.external_id).some(({ from }) => from === 'customer');
  if (!consents) return graphError(product.noConsent);
  const selected = select(product.person(phone), query.get('fields') ?? 'name');
  if ('value' in selected) return json(200, selected.value);
  return graphError({ code: 100, message: nonexisting(selected.unknown, 'UserMessengerContact') });
}

/** `GET /{sender}/conversations?user_id=…&fields=participants` */
export function conversations(world: MetaWorld, product: Product, account: MetaAccount, { query }: Call): Answer {
  const phone = world.phones.at(query.get('user_id') ?? '');
  const written = phone && world.phones.thread(phone, account.external_id).length > 0;
  if (!written) return json(200, { data: [] });
  const people = [
    { name: phone.name, id: phone.address },
    { name: account.name, id: product.senderOf(account) },
  ];
  return json(200, { data: [{ id: `t_${phone.address}`, participants: { data: people } }] });
}
