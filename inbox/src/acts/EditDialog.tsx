import { useState, type FormEvent } from 'react';
import type { Failure } from '../api/http.ts';
import type { MessageRow } from '../api/rows.ts';
import { useWords } from '../i18n/language.tsx';
import { useDesk } from '../inbox/desk-context.ts';
import { editMessage } from '../sync/acts.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { FailureNote } from '../ui/FailureNote.tsx';

/** Other words for a message that was sent, or still waits for its time. */
export function EditDialog({ row, onClose }: { row: MessageRow; onClose: () => void }) {
  const { text } = useWords();
  return (
    <Dialog title={text.sending.editMessage} testId="edit-dialog" onClose={onClose}>
      {(close) => <EditForm row={row} onDone={close} />}
    </Dialog>
  );
}

function EditForm({ row, onDone }: { row: MessageRow; onDone: () => void }) {
  const { text } = useWords();
  const desk = useDesk();
  const [words, setWords] = useState(row.message ?? '');
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    const answer = await editMessage(desk, row.id, words);
    setBusy(false);
    if (answer.ok) onDone();
    else setFailure(answer.failure);
  }

  return (
    <form className="stack" onSubmit={(event) => void save(event)}>
      <textarea
        rows={4}
        dir="auto"
        value={words}
        aria-label={text.sending.editMessage}
        onChange={(event) => setWords(event.target.value)}
        data-testid="edit-words"
      />
      {row.entities && row.entities.length > 0 && <p className="quiet">{text.sending.editLosesFormat}</p>}
      {failure && <FailureNote failure={failure} />}
      <div className="buttons">
        <button type="button" onClick={onDone}>
          {text.cancel}
        </button>
        <button
          type="submit"
          className="primary"
          disabled={busy || words.trim() === '' || words === row.message}
          data-testid="edit-save"
        >
          {text.save}
        </button>
      </div>
    </form>
  );
}
