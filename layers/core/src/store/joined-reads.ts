import type { Key } from './keys/key.ts';
import { getItems } from './table.ts';
import type { Item } from './attributes.ts';

/** What is asked for together. */
interface Round {
  keys: Map<string, Key>;
  items: Promise<Map<string, Item>>;
}

/** Those that are being gathered, by whether they are consistent. */
const open = new Map<boolean, Round>();

/**
 * Reads items; a missing one is left out. What many ask for at one moment, as the messages of a batch do, goes as one call: the read units are the
 * same, the calls are a fraction. When it fails, it fails for all of them.
 */
export async function readTogether(keys: Key[], { consistent = false } = {}): Promise<Item[]> {
  const round = open.get(consistent) ?? begin(consistent);
  for (const key of keys) round.keys.set(nameOf(key), key);
  const items = await round.items;
  return keys.map((key) => items.get(nameOf(key))).filter((item) => item !== undefined);
}

function begin(consistent: boolean): Round {
  const keys = new Map<string, Key>();
  const round = { keys, items: readAll(keys, consistent) };
  open.set(consistent, round);
  return round;
}

/** Whoever goes on from an answer in this turn of the event loop has asked by its end. */
async function readAll(keys: Map<string, Key>, consistent: boolean): Promise<Map<string, Item>> {
  await new Promise(setImmediate);
  open.delete(consistent);
  const items = await getItems([...keys.values()], { consistent });
  return new Map(items.map((item) => [nameOf({ pk: String(item['pk']), sk: String(item['sk']) }), item]));
}

function nameOf({ pk, sk }: Key): string {
  return `${pk}\n${sk}`;
}
