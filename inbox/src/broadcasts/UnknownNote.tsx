import { useState } from 'react';
import type { BroadcastRow } from '../api/broadcast-rows.ts';
import type { Failure } from '../api/http.ts';
import { useWords } from '../i18n/language.tsx';
import { useDesk } from '../inbox/desk-context.ts';
import { actOnBroadcast } from '../sync/broadcasts.ts';

interface Props {
  broadcast: BroadcastRow;
  onFailure: (failure: Failure | null) => void;
}

/** Says that nobody knows of some messages whether they arrived, and sends them again if whoever reads it wants that. */
export function UnknownNote({ broadcast: { id, status, progress }, onFailure }: Props) {
  const { text, format } = useWords();
  const desk = useDesk();
  const [busy, setBusy] = useState(false);
  const { unknown } = progress;
  const words = text.broadcasts;
  if (unknown === 0) return null;

  async function sendAgain(): Promise<void> {
    if (!window.confirm(words.sendUnknownQuestion)) return;
    setBusy(true);
    onFailure(await actOnBroadcast(desk, 'retry', id));
    setBusy(false);
  }

  return (
    <div className="trouble" data-testid="broadcast-unknown">
      <p>{words.unknownLead(unknown, format.number(unknown))}</p>
      {status !== 'CANCELLED' && (
        <button type="button" disabled={busy} onClick={() => void sendAgain()} data-testid="retry-broadcast">
          {words.sendUnknown}
        </button>
      )}
    </div>
  );
}
