import { useState, type FormEvent, type ReactNode } from 'react';
import type { Failure, Result } from '../api/http.ts';
import { FailureNote } from './FailureNote.tsx';
import { FormButtons } from './FormButtons.tsx';

interface Props {
  /** what the button says that does it */
  submit: string;
  testId: string;
  /** whether it can be done now */
  ready?: boolean;
  danger?: boolean;
  onSubmit: (form: FormData) => Promise<Result<unknown>>;
  /** it is done, or not wanted any more */
  onDone: () => void;
  children: ReactNode;
}

/** A form in a dialog: closes it when what it asks for is done, and says why when it is not. */
export function DialogForm({ submit, testId, ready = true, danger = false, onSubmit, onDone, children }: Props) {
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);

  async function ask(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    setBusy(true);
    setFailure(null);
    const answer = await onSubmit(new FormData(event.currentTarget));
    setBusy(false);
    if (answer.ok) onDone();
    else setFailure(answer.failure);
  }

  return (
    <form className="stack" onSubmit={(event) => void ask(event)}>
      {children}
      {failure && <FailureNote failure={failure} />}
      <FormButtons submit={submit} testId={testId} disabled={busy || !ready} danger={danger} onCancel={onDone} />
    </form>
  );
}
