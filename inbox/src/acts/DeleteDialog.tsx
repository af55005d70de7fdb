import { useState } from 'react';
import type { Failure } from '../api/http.ts';
import type { MessageRow } from '../api/rows.ts';
import { useWords } from '../i18n/language.tsx';
import { useDesk } from '../inbox/desk-context.ts';
import { deleteMessage } from '../sync/acts.ts';
import { Snippet } from '../thread/Quote.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { FailureNote } from '../ui/FailureNote.tsx';

/** Asks before a message is taken back that the customer has. */
export function DeleteDialog({ row, onClose }: { row: MessageRow; onClose: () => void }) {
  const { text } = useWords();
  return (
    <Dialog title={text.sending.removeQuestion} testId="delete-dialog" onClose={onClose}>
      {(close) => <Confirmation row={row} onDone={close} />}
    </Dialog>
  );
}

function Confirmation({ row, onDone }: { row: MessageRow; onDone: () => void }) {
  const { text } = useWords();
  const desk = useDesk();
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);

  async function remove(): Promise<void> {
    setBusy(true);
    const answer = await deleteMessage(desk, row.id);
    setBusy(false);
    if (answer.ok) onDone();
    else setFailure(answer.failure);
  }

  return (
    <div className="stack">
      <blockquote className="quote">
        <Snippet row={row} />
      </blockquote>
      <p>{text.sending.removeLead}</p>
      {failure && <FailureNote failure={failure} />}
      <div className="buttons">
        <button type="button" onClick={onDone}>
          {text.cancel}
        </button>
        <button
          type="button"
          className="primary danger"
          disabled={busy}
          onClick={() => void remove()}
          data-testid="delete-now"
        >
          {text.sending.removeNow}
        </button>
      </div>
    </div>
  );
}
