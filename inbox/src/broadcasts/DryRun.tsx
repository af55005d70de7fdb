import { useEffect, useState } from 'react';
import type { DryRunRow, RecipientPreview } from '../api/broadcast-rows.ts';
import type { Result } from '../api/http.ts';
import { wordsOfCode } from '../i18n/failure-words.ts';
import { useWords } from '../i18n/language.tsx';
import { useDesk } from '../inbox/desk-context.ts';
import { FailureNote } from '../ui/FailureNote.tsx';
import { PlainText } from '../ui/RichText.tsx';

/** What the first of the list would get, and what it may cost. Nothing is sent for it. */
export function DryRun({ id }: { id: string }) {
  const { text } = useWords();
  const [answer, again] = useDryRun(id);
  if (!answer)
    return (
      <p className="quiet" role="status">
        {text.loading}
      </p>
    );
  return answer.ok ? <Findings run={answer.value} /> : <FailureNote failure={answer.failure} onRetry={again} />;
}

function Findings({ run: { sampled, refused, segments, cost, samples } }: { run: DryRunRow }) {
  const { text, format } = useWords();
  const words = text.broadcasts;
  return (
    <section className="dry-run" data-testid="dry-run">
      <p>
        {words.checked(sampled, format.number(sampled))}{' '}
        {refused > 0 && <strong className="trouble">{words.refused(refused, format.number(refused))}</strong>}
      </p>
      {segments && <p>{words.segments(format.number(segments.average))}</p>}
      {cost && <p>{words.cost(format.money(cost.amount, cost.currency))}</p>}
      <ul>
        {samples.map(({ to, name, preview }) => (
          <li key={to}>
            <small className="quiet">
              <bdi>{to}</bdi>
              {name && (
                <>
                  {' · '}
                  <bdi>{name}</bdi>
                </>
              )}
            </small>
            <Outcome preview={preview} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What one would get, or why nothing. */
function Outcome({ preview: { message, problem } }: { preview: RecipientPreview }) {
  const { text } = useWords();
  if (!problem)
    return (
      <p dir="auto">
        <PlainText text={message ?? ''} />
      </p>
    );
  const words = wordsOfCode(text, problem.code);
  return (
    <p className="trouble" dir="auto">
      {words}{' '}
      {words !== problem.message && (
        <small lang="en" dir="auto">
          {problem.message}
        </small>
      )}
    </p>
  );
}

function useDryRun(id: string): [Result<DryRunRow> | null, () => void] {
  const desk = useDesk();
  const [answer, setAnswer] = useState<{ result: Result<DryRunRow> | null; round: number }>({ result: null, round: 0 });
  const { round } = answer;
  useEffect(() => {
    let wanted = true;
    void desk.client.previewBroadcast(id).then((result) => wanted && setAnswer({ result, round }));
    return () => {
      wanted = false;
    };
  }, [desk, id, round]);
  return [answer.result, () => setAnswer({ result: null, round: round + 1 })];
}
