import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { commandReader, encode } from './resp.ts';
import type { Reply } from './resp.ts';

/** What stands in for Redis where none is installed: as much of it as the peer asks for while it handles a webhook. Nothing expires. */
export async function startRedisStandIn(): Promise<{ url: string; close(): void }> {
  const store: Store = { texts: new Map(), lists: new Map() };
  const connections = new Set<Socket>();
  const server = createServer({ noDelay: true }, (connection) => {
    connections.add(connection);
    const read = commandReader();
    connection.on('data', (piece: Buffer) => {
      const replies = read(piece).map((words) => encode(answer(store, words)));
      if (replies.length > 0) connection.write(replies.join(''));
    });
    connection.on('error', () => connection.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      for (const connection of connections) connection.destroy();
      server.close();
    },
  };
}

interface Store {
  texts: Map<string, string>;
  lists: Map<string, string[]>;
}

function answer(store: Store, [name = '', ...words]: string[]): Reply {
  switch (name.toUpperCase()) {
    case 'CLIENT':
      return { ok: 'OK' };
    case 'SET':
      return set(store, words);
    case 'GET':
      return store.texts.get(words[0] ?? '') ?? null;
    case 'SISMEMBER':
      return 0;
    case 'EVAL':
      return evaluate(store, words);
    default:
      return { error: `unknown command '${name}'` };
  }
}

function set({ texts }: Store, [key = '', value = '', ...options]: string[]): Reply {
  if (options.includes('NX') && texts.has(key)) return null;
  texts.set(key, value);
  return { ok: 'OK' };
}

/** The two scripts of a webhook: one appends to a list that keeps so many, the other lets go of a lock if it is still its own. */
function evaluate({ texts, lists }: Store, [script = '', , key = '', value = '', most = '0']: string[]): Reply {
  if (script.includes('rpush')) {
    const list = lists.get(key) ?? [];
    list.push(value);
    lists.set(key, Number(most) > 0 ? list.slice(-Number(most)) : list);
    return 1;
  }
  if (script.includes('"del"')) return texts.get(key) === value && texts.delete(key) ? 1 : 0;
  return { error: 'unknown script' };
}
