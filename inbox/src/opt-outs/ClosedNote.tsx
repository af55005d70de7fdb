import { useState } from 'react';
import type { ConversationRow } from '../api/rows.ts';
import type { OptOutRow } from '../api/sending-rows.ts';
import { useWords } from '../i18n/language.tsx';
import { AllowAgain } from './AllowAgain.tsx';
import { OptOutFacts } from './OptOutFacts.tsx';

interface Props {
  row: ConversationRow;
  optOut: OptOutRow;
  onLifted: () => Promise<void>;
}

/** Stands where one would write: why one can't, and the way to change that. */
export function ClosedNote({ row, optOut, onLifted }: Props) {
  const { text } = useWords();
  const [isLifting, setLifting] = useState(false);
  return (
    <footer className="composer">
      <div className="closed-note" role="status" data-testid="composer-closed">
        <OptOutFacts optOut={optOut} />
        <button type="button" onClick={() => setLifting(true)} aria-haspopup="dialog" data-testid="allow-again">
          {text.sending.allowAgain}
        </button>
      </div>
      {isLifting && <AllowAgain row={row} optOut={optOut} onDone={onLifted} onClose={() => setLifting(false)} />}
    </footer>
  );
}
