import { useState, type FormEvent } from 'react';
import type { Failure, Result } from '../api/http.ts';
import { useWords } from '../i18n/language.tsx';
import type { When } from '../sync/send.ts';
import { FailureNote } from '../ui/FailureNote.tsx';
import { fromLocal, quickTimes, toLocal } from './local-time.ts';
import { once, recurrenceOf } from './repeat.ts';
import { RepeatFields } from './RepeatFields.tsx';
import { WhenField } from './WhenField.tsx';

interface Props {
  /** what the button says */
  submit: string;
  /** the time it has so far */
  from?: Date;
  /** whether it may come again and again */
  canRepeat?: boolean;
  onSubmit: (when: When) => Promise<Result<void>>;
  onDone: () => void;
}

/** When a message leaves. */
export function LaterForm({ submit, from, canRepeat = false, onSubmit, onDone }: Props) {
  const { text } = useWords();
  const [local, setLocal] = useState(() => toLocal(from ?? tomorrow()));
  const [repeat, setRepeat] = useState(once);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const at = fromLocal(local);

  async function send(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (!at) return;
    setBusy(true);
    setFailure(null);
    const answer = await onSubmit({ at, recurrence: recurrenceOf(repeat) });
    setBusy(false);
    if (answer.ok) onDone();
    else setFailure(answer.failure);
  }

  return (
    <form className="stack" onSubmit={(event) => void send(event)}>
      <WhenField value={local} onChange={setLocal} />
      {canRepeat && <RepeatFields value={repeat} from={local.slice(0, 10)} onChange={setRepeat} />}
      {failure && <FailureNote failure={failure} />}
      <div className="buttons">
        <button type="button" onClick={onDone}>
          {text.cancel}
        </button>
        <button type="submit" className="primary" disabled={busy || !at} data-testid="later-submit">
          {submit}
        </button>
      </div>
    </form>
  );
}

function tomorrow(): Date {
  const now = new Date();
  return quickTimes(now).find(({ name }) => name === 'tomorrowAt')?.at ?? now;
}
