import { useState, type FormEvent } from 'react';
import type { Failure } from '../api/http.ts';
import type { ConversationRow } from '../api/rows.ts';
import type { OptOutRow } from '../api/sending-rows.ts';
import { useWords } from '../i18n/language.tsx';
import { useDesk } from '../inbox/desk-context.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { FailureNote } from '../ui/FailureNote.tsx';
import { OptOutFacts } from './OptOutFacts.tsx';

interface Props {
  row: ConversationRow;
  optOut: OptOutRow;
  onDone: () => Promise<void>;
  onClose: () => void;
}

/** Says why someone may be written to again. The server keeps the reason. */
export function AllowAgain({ row, optOut, onDone, onClose }: Props) {
  const { text } = useWords();
  return (
    <Dialog title={text.sending.allowQuestion} testId="allow-dialog" onClose={onClose}>
      {(close) => (
        <div className="stack">
          <OptOutFacts optOut={optOut} />
          <ReasonForm row={row} why={optOut.why} onDone={onDone} onClose={close} />
        </div>
      )}
    </Dialog>
  );
}

type FormProps = Pick<Props, 'row' | 'onDone' | 'onClose'> & { why: string };

function ReasonForm({ row, why, onDone, onClose }: FormProps) {
  const { text } = useWords();
  const desk = useDesk();
  const [reason, setReason] = useState('');
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);

  async function lift(event: FormEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    const { contact_id, channel } = row;
    const answer = await desk.client.optIn({ contact_id, channel, why, reason: reason.trim() });
    setBusy(false);
    if (!answer.ok) return setFailure(answer.failure);
    onClose();
    await onDone();
  }

  return (
    <form className="stack" onSubmit={(event) => void lift(event)}>
      <label className="field">
        <span>{text.sending.allowReason}</span>
        <input
          required
          dir="auto"
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          aria-describedby="allow-lead"
          data-testid="allow-reason"
        />
        <small id="allow-lead" className="quiet">
          {text.sending.allowLead}
        </small>
      </label>
      {failure && <FailureNote failure={failure} />}
      <div className="buttons">
        <button type="button" onClick={onClose}>
          {text.cancel}
        </button>
        <button type="submit" className="primary" disabled={busy || reason.trim() === ''} data-testid="allow-submit">
          {text.sending.allowAgain}
        </button>
      </div>
    </form>
  );
}
