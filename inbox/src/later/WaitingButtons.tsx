import { useState } from 'react';
import type { Failure } from '../api/http.ts';
import type { MessageRow } from '../api/rows.ts';
import { useWords } from '../i18n/language.tsx';
import { useDesk } from '../inbox/desk-context.ts';
import { isWaiting } from '../state/views.ts';
import { cancelMessage, rescheduleMessage } from '../sync/acts.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { failureText } from '../ui/failure-text.ts';
import { LaterForm } from './LaterForm.tsx';

/** What can be done with a message that waits: another time, if it is a time that it waits for, or not at all. */
export function WaitingButtons({ row, className = '' }: { row: MessageRow; className?: string }) {
  const { text } = useWords();
  const desk = useDesk();
  const [isChanging, setChanging] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);

  async function takeBack(): Promise<void> {
    const answer = await cancelMessage(desk, row.id);
    setFailure(answer.ok ? null : answer.failure);
  }

  return (
    <>
      {isWaiting(row) && (
        <button type="button" className={className} onClick={() => setChanging(true)} data-testid="change-time">
          {text.sending.changeTime}
        </button>
      )}{' '}
      <button type="button" className={className} onClick={() => void takeBack()} data-testid="take-back">
        {text.takeBack}
      </button>
      {failure && <small role="alert">{failureText(text, failure)}</small>}
      {isChanging && (
        <Dialog title={text.sending.changeTime} testId="change-time-dialog" onClose={() => setChanging(false)}>
          {(close) => (
            <LaterForm
              submit={text.save}
              onSubmit={({ at }) => rescheduleMessage(desk, row.id, at)}
              onDone={close}
              {...(row.scheduled_at ? { from: new Date(row.scheduled_at) } : {})}
            />
          )}
        </Dialog>
      )}
    </>
  );
}
