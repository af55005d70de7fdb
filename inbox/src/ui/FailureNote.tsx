import type { Failure } from '../api/http.ts';
import { useWords } from '../i18n/language.tsx';
import { failureText, particularsOf } from './failure-text.ts';

/** Why something did not work, with the way to try it again where there is one. */
export function FailureNote({ failure, onRetry }: { failure: Failure; onRetry?: () => void }) {
  const { text } = useWords();
  const words = failureText(text, failure);
  return (
    <div className="failure-note" role="alert" data-testid="failure">
      <span dir="auto">{words}</span>
      {particularsOf(failure, words).map((each) => (
        <small key={each} lang="en" dir="auto">
          {each}
        </small>
      ))}
      {onRetry && (
        <button type="button" className="link-button" onClick={onRetry}>
          {text.tryAgain}
        </button>
      )}
    </div>
  );
}
