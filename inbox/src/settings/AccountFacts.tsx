import type { AccountHealthRow, ChannelAccountRow } from '../api/rows.ts';
import { wordsOfCode } from '../i18n/failure-words.ts';
import { useWords } from '../i18n/language.tsx';
import { own } from '../text/own.ts';

/** Why an account does as it does, when it was last used, and what else its provider says. */
export function AccountFacts({ account, health }: { account: ChannelAccountRow; health: AccountHealthRow }) {
  const { text, format } = useWords();
  const when = (time: string | null) => time && format.moment(new Date(time));
  const [received, sent, until] = [health.last_inbound_at, health.last_outbound_at, health.token_expires_at].map(when);
  const share = health.error_rate ? format.percent(health.error_rate) : null;
  const slowed = slowedBy(health);
  const why = health.code ? (own(text.health, health.code) ?? wordsOfCode(text, health.code)) : undefined;
  const lines = [
    received && text.lastReceived(received),
    sent && text.lastSent(sent),
    share && text.recentFailures(share),
    until && text.tokenRunsOut(until),
  ].filter(Boolean);
  return (
    <div className="account-facts quiet" data-testid="account-facts">
      {health.detail && account.status === 'Active' && (
        <p className="account-detail" dir="auto" title={health.detail}>
          {why ?? health.detail}
        </p>
      )}
      {slowed && (
        <p data-testid="account-slowed">
          {text.slowed(format.number(slowed.per_second), format.moment(new Date(slowed.until)))}
        </p>
      )}
      {lines.length > 0 && <p>{lines.join(' · ')}</p>}
      {health.facts && (
        <dl>
          {Object.entries(health.facts).map(([name, value]) => (
            <div key={name}>
              <dt>{own(text.account.facts, name) ?? name.replaceAll('_', ' ')}</dt>
              <dd>
                <bdi>{own(text.account.values, value) ?? (isCount(value) ? format.number(Number(value)) : value)}</bdi>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}

/** Anything longer may be an id, which nobody writes in other digits. */
function isCount(value: string): boolean {
  return /^\d{1,4}$/.test(value);
}

/** What its provider's limit does to an account. It is told when that begins, and ends by itself. */
function slowedBy({ slowed }: AccountHealthRow): AccountHealthRow['slowed'] {
  return slowed && Date.parse(slowed.until) > Date.now() ? slowed : null;
}
