import { useState } from 'react';
import type { Result } from '../api/http.ts';
import type { When } from '../sync/send.ts';
import { DialogForm } from '../ui/DialogForm.tsx';
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
  const [local, setLocal] = useState(() => toLocal(from ?? tomorrow()));
  const [repeat, setRepeat] = useState(once);
  const at = fromLocal(local);
  return (
    <DialogForm
      submit={submit}
      testId="later-submit"
      ready={at !== null}
      onSubmit={() => onSubmit({ at: at ?? new Date(), recurrence: recurrenceOf(repeat) })}
      onDone={onDone}
    >
      <WhenField value={local} onChange={setLocal} />
      {canRepeat && <RepeatFields value={repeat} from={local.slice(0, 10)} onChange={setRepeat} />}
    </DialogForm>
  );
}

function tomorrow(): Date {
  const now = new Date();
  return quickTimes(now).find(({ name }) => name === 'tomorrowAt')?.at ?? now;
}
