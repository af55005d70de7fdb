import { useCallback, useState } from 'react';
import type { Failure } from '../api/http.ts';
import { useWords } from '../i18n/language.tsx';
import { useDesk, useInbox } from '../inbox/desk-context.ts';
import { PageHead } from '../inbox/PageHead.tsx';
import { useReread } from '../inbox/use-reread.ts';
import { loadBroadcasts } from '../sync/broadcasts.ts';
import { FailureNote } from '../ui/FailureNote.tsx';
import { BroadcastCard } from './BroadcastCard.tsx';
import { NewBroadcast } from './NewBroadcast.tsx';

/** Messages to many: what each comes to, how far it has come, and what can be done about it. */
export function BroadcastsPage() {
  const { text } = useWords();
  const desk = useDesk();
  const broadcasts = useInbox((state) => state.broadcasts);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isMaking, setMaking] = useState(false);
  const read = useCallback(() => void loadBroadcasts(desk).then(setFailure), [desk]);
  useReread(read);
  const rows = Object.values(broadcasts ?? {}).toSorted((a, b) => (a.created_at < b.created_at ? 1 : -1));
  return (
    <main className="settings-pane" data-testid="broadcasts-page">
      <PageHead title={text.broadcasts.broadcasts} lead={text.broadcasts.broadcastsLead}>
        <button type="button" className="primary" onClick={() => setMaking(true)} data-testid="new-broadcast">
          {text.broadcasts.newBroadcast}
        </button>
      </PageHead>
      {failure && <FailureNote failure={failure} onRetry={read} />}
      {isMaking && <NewBroadcast onClose={() => setMaking(false)} />}
      {broadcasts === null && !failure && (
        <p className="quiet" role="status">
          {text.loading}
        </p>
      )}
      {broadcasts !== null && rows.length === 0 && !isMaking && (
        <div className="empty" data-testid="no-broadcasts">
          <h2>{text.broadcasts.noBroadcasts}</h2>
          <p>{text.broadcasts.noBroadcastsLead}</p>
        </div>
      )}
      <ul className="account-list">
        {rows.map((row) => (
          <li key={row.id}>
            <BroadcastCard broadcast={row} />
          </li>
        ))}
      </ul>
    </main>
  );
}
