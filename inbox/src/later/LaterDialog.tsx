import type { Result } from '../api/http.ts';
import { useWords } from '../i18n/language.tsx';
import type { When } from '../sync/send.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { LaterForm } from './LaterForm.tsx';

interface Props {
  canRepeat: boolean;
  onSend: (when: When) => Promise<Result<void>>;
  onClose: () => void;
}

/** When what is written leaves. */
export function LaterDialog({ canRepeat, onSend, onClose }: Props) {
  const { text } = useWords();
  return (
    <Dialog title={text.sending.later} testId="later-dialog" onClose={onClose}>
      {(close) => <LaterForm submit={text.sending.schedule} canRepeat={canRepeat} onSubmit={onSend} onDone={close} />}
    </Dialog>
  );
}
