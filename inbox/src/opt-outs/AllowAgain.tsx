import { useState } from 'react';
import type { Result } from '../api/http.ts';
import type { ConversationRow } from '../api/rows.ts';
import type { OptOutRow } from '../api/sending-rows.ts';
import { useWords } from '../i18n/language.tsx';
import { useDesk } from '../inbox/desk-context.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { DialogForm } from '../ui/DialogForm.tsx';
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

  async function lift(): Promise<Result<unknown>> {
    const { contact_id, channel } = row;
    const answer = await desk.client.optIn({ contact_id, channel, why, reason: reason.trim() });
    if (answer.ok) void onDone();
    return answer;
  }

  return (
    <DialogForm
      submit={text.sending.allowAgain}
      testId="allow-submit"
      ready={reason.trim() !== ''}
      onSubmit={lift}
      onDone={onClose}
    >
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
    </DialogForm>
  );
}
