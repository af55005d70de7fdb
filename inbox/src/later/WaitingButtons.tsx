import { useState } from 'react';
import type { MessageRow } from '../api/rows.ts';
import { useWords } from '../i18n/language.tsx';
import { useDesk } from '../inbox/desk-context.ts';
import { cancelMessage, rescheduleMessage } from '../sync/acts.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { LaterForm } from './LaterForm.tsx';

/** What can be done with a message that waits for its time: another time, or not at all. */
export function WaitingButtons({ row, className = '' }: { row: MessageRow; className?: string }) {
  const { text } = useWords();
  const desk = useDesk();
  const [isChanging, setChanging] = useState(false);
  return (
    <>
      <button type="button" className={className} onClick={() => setChanging(true)} data-testid="change-time">
        {text.sending.changeTime}
      </button>{' '}
      <button
        type="button"
        className={className}
        onClick={() => void cancelMessage(desk, row.id)}
        data-testid="take-back"
      >
        {text.takeBack}
      </button>
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
