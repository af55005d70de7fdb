import { useState } from 'react';
import type { BroadcastRow } from '../api/broadcast-rows.ts';
import type { Failure } from '../api/http.ts';
import { useWords } from '../i18n/language.tsx';
import { useInbox } from '../inbox/desk-context.ts';
import { listProblemOf } from '../i18n/list-problems.ts';
import { own } from '../text/own.ts';
import { ChannelBadge } from '../ui/ChannelBadge.tsx';
import { FailureNote } from '../ui/FailureNote.tsx';
import { PlainText } from '../ui/RichText.tsx';
import { BroadcastButtons } from './BroadcastButtons.tsx';
import { BroadcastProgress } from './BroadcastProgress.tsx';
import { DryRun } from './DryRun.tsx';
import { ExportLink } from './ExportLink.tsx';
import { UnknownNote } from './UnknownNote.tsx';

/** One broadcast: its list, how far it has come, and what can be done about it. */
export function BroadcastCard({ broadcast }: { broadcast: BroadcastRow }) {
  const { text, format } = useWords();
  const account = useInbox((state) => state.accounts[broadcast.channel_account_id]);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isChecking, setChecking] = useState(false);
  const { status, content, scheduled_at: at } = broadcast;
  const isReady = status === 'READY';
  return (
    <article className="account-card" data-testid="broadcast" data-broadcast-id={broadcast.id} data-status={status}>
      <header>
        <ChannelBadge channel={broadcast.channel} />
        <div className="account-title">
          <bdi>{broadcast.name ?? text.broadcasts.unnamed}</bdi>
          <bdi className="quiet">{account?.name}</bdi>
        </div>
        <span className="health-mark">{own(text.broadcasts.states, status) ?? status}</span>
      </header>
      <p className="broadcast-words" dir="auto">
        <PlainText text={content.message ?? text.templateNamed(content.template?.name ?? '')} />
      </p>
      <Totals broadcast={broadcast} />
      {isReady && at && <p>{text.broadcasts.startsAt(format.appointment(new Date(at)))}</p>}
      <BroadcastProgress broadcast={broadcast} />
      <UnknownNote broadcast={broadcast} onFailure={setFailure} />
      {broadcast.problem && (
        <p className="trouble" dir="auto" title={broadcast.problem} data-testid="broadcast-problem">
          {listProblemOf(text.broadcasts.problems, broadcast, format.number)}
        </p>
      )}
      {isReady && isChecking && <DryRun id={broadcast.id} />}
      {failure && <FailureNote failure={failure} />}
      <div className="buttons">
        {isReady && (
          <button
            type="button"
            aria-expanded={isChecking}
            onClick={() => setChecking(!isChecking)}
            data-testid="check-broadcast"
          >
            {text.broadcasts.check}
          </button>
        )}
        <BroadcastButtons broadcast={broadcast} onFailure={setFailure} />
        <ExportLink broadcast={broadcast} onFailure={setFailure} />
      </div>
    </article>
  );
}

/** What was found in the list; the rows that were no good can be had as a file. */
function Totals({ broadcast: { totals, bad_rows_url: badRows, status } }: { broadcast: BroadcastRow }) {
  const { text, format } = useWords();
  const { recipients, duplicates, bad_rows: bad, opted_out: optedOut } = totals;
  if (status === 'DRAFT' || (status === 'FAILED' && recipients === 0 && bad === 0)) return null;
  const words = text.broadcasts;
  return (
    <p className="broadcast-totals" data-testid="broadcast-totals">
      <strong>{words.recipients(recipients, format.number(recipients))}</strong>
      {duplicates > 0 && <span>{words.duplicates(duplicates, format.number(duplicates))}</span>}
      {bad > 0 && (
        <span>
          {badRows ? (
            <a href={badRows} download data-testid="bad-rows">
              {words.badRows(bad, format.number(bad))}
            </a>
          ) : (
            words.badRows(bad, format.number(bad))
          )}
        </span>
      )}
      {optedOut > 0 && <span>{words.optedOut(optedOut, format.number(optedOut))}</span>}
    </p>
  );
}
