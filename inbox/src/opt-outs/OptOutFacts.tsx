import type { OptOutRow } from '../api/sending-rows.ts';
import { useWords } from '../i18n/language.tsx';
import { own } from '../text/own.ts';

/** Why a customer must not be written to, who said so and when. */
export function OptOutFacts({ optOut }: { optOut: OptOutRow }) {
  const { text, format } = useWords();
  const { closedBecause, saidBy, otherwiseUnwilling } = text.sending;
  const facts = [own(saidBy, optOut.source), format.moment(new Date(optOut.created_at)), optOut.reason];
  return (
    <div className="opt-out-facts">
      <p>{own(closedBecause, optOut.why) ?? otherwiseUnwilling}</p>
      <p className="quiet">
        {facts.map(
          (fact) =>
            fact && (
              <span key={fact}>
                <bdi>{fact}</bdi>
              </span>
            ),
        )}
      </p>
    </div>
  );
}
