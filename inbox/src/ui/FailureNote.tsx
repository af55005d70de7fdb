import type { Failure } from '../api/http.ts';
import { useWords } from '../i18n/language.tsx';

/** Why something did not work, with the way to try it again where there is one. */
export function FailureNote({ failure, onRetry }: { failure: Failure; onRetry?: () => void }) {
  const { text } = useWords();
  return (
    <div className="failure-note" role="alert" data-testid="failure">
      <span dir="auto">{failure.kind === 'network' ? text.networkFailure : failure.message}</span>
      {failure.kind === 'refused' && failure.hint && <span dir="auto">{failure.hint}</span>}
      {onRetry && (
        <button type="button" className="link-button" onClick={onRetry}>
          {text.tryAgain}
        </button>
      )}
    </div>
  );
}
