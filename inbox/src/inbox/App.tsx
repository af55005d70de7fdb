import { useMemo, useSyncExternalStore } from 'react';
import { createClient } from '../api/client.ts';
import type { Call } from '../api/http.ts';
import type { SessionKeeper } from '../api/session.ts';
import { emptyInbox } from '../state/inbox-state.ts';
import { reduce } from '../state/reduce.ts';
import { createStore } from '../state/store.ts';
import type { Desk } from '../sync/desk.ts';
import { Inbox } from './Inbox.tsx';
import { SignIn } from './SignIn.tsx';

/** The sign-in page, or the inbox of who is signed in. */
export function App({ call, session }: { call: Call; session: SessionKeeper }) {
  const signedIn = useSyncExternalStore(session.subscribe, () => session.current() !== null);
  return signedIn ? <SignedIn call={call} session={session} /> : <SignIn call={call} session={session} />;
}

/** Mounted anew for every sign-in, so nothing of one organization is left for the next. */
function SignedIn({ call, session }: { call: Call; session: SessionKeeper }) {
  const desk = useMemo(() => createDesk(call, session), [call, session]);
  return <Inbox desk={desk} session={session} />;
}

function createDesk(call: Call, session: SessionKeeper): Desk {
  return { client: createClient(call, session), store: createStore(reduce, emptyInbox), storage: localStorage };
}
