import { useEffect, useId, useState, type ReactNode } from 'react';

interface Props {
  title: string;
  testId: string;
  onClose: () => void;
  /** gets the way to close it, which gives the focus back to where it was */
  children: (close: () => void) => ReactNode;
}

/** A modal dialog; Escape closes it. */
export function Dialog({ title, testId, onClose, children }: Props) {
  const [dialog, setDialog] = useState<HTMLDialogElement | null>(null);
  const titleId = useId();
  useEffect(() => dialog?.showModal(), [dialog]);
  return (
    <dialog ref={setDialog} className="dialog" aria-labelledby={titleId} onClose={onClose} data-testid={testId}>
      <h2 id={titleId}>{title}</h2>
      {children(() => dialog?.close())}
    </dialog>
  );
}
