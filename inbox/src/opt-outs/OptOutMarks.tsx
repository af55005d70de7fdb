import { useState } from 'react';
import type { ConversationRow } from '../api/rows.ts';
import type { OptOutRow } from '../api/sending-rows.ts';
import { useWords } from '../i18n/language.tsx';
import { own } from '../text/own.ts';
import { AllowAgain } from './AllowAgain.tsx';
import type { OptOuts } from './use-opt-outs.ts';

/** What a customer does not want, beside their name; each leads to how that is lifted. */
export function OptOutMarks({ row, optOuts }: { row: ConversationRow; optOuts: OptOuts }) {
  const { text, format } = useWords();
  const [lifting, setLifting] = useState<OptOutRow | null>(null);
  return (
    <>
      {optOuts.rows.map((each) => (
        <button
          key={each.id}
          type="button"
          className="chip opt-out-mark"
          title={format.moment(new Date(each.created_at))}
          aria-haspopup="dialog"
          onClick={() => setLifting(each)}
          data-testid="opt-out-mark"
          data-why={each.why}
        >
          {own(text.sending.unwilling, each.why) ?? text.sending.otherwiseUnwilling}
        </button>
      ))}
      {lifting && <AllowAgain row={row} optOut={lifting} onDone={optOuts.reread} onClose={() => setLifting(null)} />}
    </>
  );
}
