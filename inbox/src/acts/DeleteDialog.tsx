import type { MessageRow } from '../api/rows.ts';
import { useWords } from '../i18n/language.tsx';
import { useDesk } from '../inbox/desk-context.ts';
import { deleteMessage } from '../sync/acts.ts';
import { Snippet } from '../thread/Quote.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { DialogForm } from '../ui/DialogForm.tsx';

/** Asks before a message is taken back that the customer has. */
export function DeleteDialog({ row, onClose }: { row: MessageRow; onClose: () => void }) {
  const { text } = useWords();
  const desk = useDesk();
  return (
    <Dialog title={text.sending.removeQuestion} testId="delete-dialog" onClose={onClose}>
      {(close) => (
        <DialogForm
          submit={text.sending.removeNow}
          testId="delete-now"
          danger
          onSubmit={() => deleteMessage(desk, row.id)}
          onDone={close}
        >
          <blockquote className="quote">
            <Snippet row={row} />
          </blockquote>
          <p>{text.sending.removeLead}</p>
        </DialogForm>
      )}
    </Dialog>
  );
}
