import { useEffect } from 'react';
import type { BroadcastRow } from '../api/broadcast-rows.ts';
import type { Failure } from '../api/http.ts';
import { useWords } from '../i18n/language.tsx';
import { useDesk } from '../inbox/desk-context.ts';
import { actOnBroadcast, loadBroadcasts } from '../sync/broadcasts.ts';

const LOOK_EVERY_MS = 2000;

interface Props {
  broadcast: BroadcastRow;
  onFailure: (failure: Failure | null) => void;
}

/** Asks for a file of what became of every recipient, and leads to it once it is written. */
export function ExportLink({ broadcast, onFailure }: Props) {
  const { text } = useWords();
  const desk = useDesk();
  const { id, status, export: asked } = broadcast;
  const isWorking = asked?.status === 'working';
  useEffect(() => {
    const timer = isWorking ? setInterval(() => void loadBroadcasts(desk), LOOK_EVERY_MS) : undefined;
    return () => clearInterval(timer);
  }, [desk, isWorking]);
  if (!['RUNNING', 'PAUSED', 'CANCELLED', 'COMPLETED'].includes(status)) return null;
  return (
    <>
      <button
        type="button"
        disabled={isWorking}
        onClick={() => void actOnBroadcast(desk, 'export', id).then(onFailure)}
        data-testid="export-broadcast"
      >
        {isWorking ? text.broadcasts.exporting : text.broadcasts.exportResult}
      </button>
      {asked?.url && (
        <a className="button" href={asked.url} download data-testid="export-link">
          {text.broadcasts.downloadResult}
        </a>
      )}
    </>
  );
}
