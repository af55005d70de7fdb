import type { SessionKeeper } from '../api/session.ts';
import { applyFrame, catchUp } from './catch-up.ts';
import { createContactLoader } from './contacts.ts';
import { loadList } from './conversations.ts';
import type { Desk } from './desk.ts';
import { restoreDrafts } from './drafts.ts';
import { connectLive } from './live.ts';

const gapPatience = 1000;

export interface RunningInbox {
  /** The network came back, or the page is looked at again. */
  wake: () => void;
  stop: () => void;
}

/** Loads the inbox and keeps it live until stopped. The socket's first opening catches up too: the list was read before it. */
export function startInbox(desk: Desk, session: SessionKeeper): RunningInbox {
  restoreDrafts(desk);
  void loadList(desk);
  const stopContacts = desk.store.subscribe(loadOnce(createContactLoader(desk)));
  const gap = createGap(() => void catchUp(desk));
  const live = connectLive({
    address: createAddress(desk, session),
    onOpen: () => void catchUp(desk),
    onFrame(frame) {
      if (!applyFrame(desk, frame)) gap.noticed();
    },
    onConnection: (connection) => desk.store.dispatch({ type: 'connection.changed', connection }),
  });
  return {
    wake: live.wake,
    stop() {
      stopContacts();
      gap.close();
      live.close();
    },
  };
}

function createAddress(desk: Desk, session: SessionKeeper): () => Promise<string | null> {
  let realtimeUrl: string | null = null;
  return async function address() {
    const token = await session.token();
    realtimeUrl ??= await readRealtimeUrl(desk);
    if (token === null || realtimeUrl === null) return null;
    const url = new URL(realtimeUrl);
    url.searchParams.set('access_token', token);
    return url.href;
  };
}

async function readRealtimeUrl(desk: Desk): Promise<string | null> {
  const config = await desk.client.config();
  return config.ok ? config.value.realtime_url : null;
}

/** Steps that were only overtaken come by themselves; after a moment the others are fetched. */
function createGap(fill: () => void): { noticed(): void; close(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    noticed() {
      timer ??= setTimeout(() => {
        timer = undefined;
        fill();
      }, gapPatience);
    },
    close: () => clearTimeout(timer),
  };
}

/** Gathers the many state changes of one turn into one load. */
function loadOnce(load: () => Promise<void>): () => void {
  let waiting = false;
  return function schedule() {
    if (waiting) return;
    waiting = true;
    setTimeout(() => {
      waiting = false;
      void load();
    }, 30);
  };
}
