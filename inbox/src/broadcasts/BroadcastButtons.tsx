import { useState } from 'react';
import type { BroadcastAct } from '../api/broadcast-calls.ts';
import type { BroadcastRow, BroadcastStatus } from '../api/broadcast-rows.ts';
import type { Failure } from '../api/http.ts';
import { useWords } from '../i18n/language.tsx';
import { useDesk } from '../inbox/desk-context.ts';
import { LaterForm } from '../later/LaterForm.tsx';
import { actOnBroadcast } from '../sync/broadcasts.ts';
import { Dialog } from '../ui/Dialog.tsx';

interface Props {
  broadcast: BroadcastRow;
  onFailure: (failure: Failure | null) => void;
}

const cancellable: BroadcastStatus[] = ['DRAFT', 'IMPORTING', 'READY', 'RUNNING', 'PAUSED'];

/** Starts, stops and ends a broadcast. */
export function BroadcastButtons({ broadcast, onFailure }: Props) {
  const { text, format } = useWords();
  const desk = useDesk();
  const [isChoosing, setChoosing] = useState(false);
  const [busy, setBusy] = useState(false);
  const { id, status, totals } = broadcast;
  const words = text.broadcasts;

  async function act(name: BroadcastAct, question?: string): Promise<void> {
    if (question !== undefined && !window.confirm(question)) return;
    setBusy(true);
    onFailure(await actOnBroadcast(desk, name, id));
    setBusy(false);
  }

  const button = (name: BroadcastAct, label: string, question?: string) => (
    <button
      type="button"
      className={name === 'start' ? 'primary' : ''}
      disabled={busy}
      onClick={() => void act(name, question)}
      data-testid={`${name}-broadcast`}
    >
      {label}
    </button>
  );
  const { recipients } = totals;
  return (
    <>
      {status === 'READY' && (
        <>
          {button('start', words.startNow, words.startQuestion(recipients, format.number(recipients)))}
          <button type="button" disabled={busy} onClick={() => setChoosing(true)} data-testid="start-broadcast-later">
            {words.startLater}
          </button>
        </>
      )}
      {status === 'RUNNING' && button('pause', words.pause)}
      {status === 'PAUSED' && button('resume', words.resume)}
      {cancellable.includes(status) && button('cancel', words.cancelIt, words.cancelQuestion)}
      {isChoosing && (
        <Dialog title={words.startLater} testId="start-later-dialog" onClose={() => setChoosing(false)}>
          {(close) => (
            <LaterForm
              submit={text.sending.schedule}
              onSubmit={async ({ at }) => {
                const failure = await actOnBroadcast(desk, 'start', id, { scheduled_at: at.toISOString() });
                return failure ? { ok: false, failure } : { ok: true, value: undefined };
              }}
              onDone={close}
            />
          )}
        </Dialog>
      )}
    </>
  );
}
