import { useEffect, useState } from 'react';
import type { Failure } from '../api/http.ts';
import type { PairingRow } from '../api/account-rows.ts';
import type { ChannelAccountRow } from '../api/rows.ts';
import { useWords } from '../i18n/language.tsx';
import { useDesk } from '../inbox/desk-context.ts';
import { loadAccounts } from '../sync/accounts.ts';
import { FailureNote } from '../ui/FailureNote.tsx';

/** A code is asked for this often: one is good for about twenty seconds, and a phone that has scanned it should be noticed soon. */
const askEvery = 3000;

/** The code that a phone scans, kept fresh until the phone is linked. */
export function Pairing({ account }: { account: ChannelAccountRow }) {
  const { text } = useWords();
  const desk = useDesk();
  const { shown, failure } = usePairing(account.id);
  const unpair = async () => {
    await desk.client.logoutAccount(account.id);
    await loadAccounts(desk);
  };
  return (
    <section className="pairing" data-testid="pairing" data-state={shown?.state ?? 'unknown'} aria-live="polite">
      {failure && <FailureNote failure={failure} />}
      {shown?.state === 'connected' && <p>{text.paired}</p>}
      {shown?.qr_svg && (
        <>
          <p>{text.pairLead}</p>
          <img
            alt={text.pairCode}
            data-testid="pairing-code"
            src={`data:image/svg+xml,${encodeURIComponent(shown.qr_svg)}`}
          />
        </>
      )}
      {shown && shown.state !== 'connected' && !shown.qr_svg && <p className="quiet">{text.waitingForCode}</p>}
      {shown?.state === 'connected' && (
        <button type="button" data-testid="unpair" onClick={() => void unpair()}>
          {text.unpair}
        </button>
      )}
    </section>
  );
}

function usePairing(id: string): { shown: PairingRow | null; failure: Failure | null } {
  const desk = useDesk();
  const [shown, setShown] = useState<PairingRow | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(
    () =>
      repeatedly(async (isWanted) => {
        const answer = await desk.client.pairAccount(id);
        if (!isWanted()) return;
        setFailure(answer.ok ? null : answer.failure);
        if (answer.ok) setShown(answer.value);
        if (answer.ok && answer.value.state === 'connected') void loadAccounts(desk);
      }),
    [desk, id],
  );
  return { shown, failure };
}

/** Does something now, and again a while after it is done, until what this gives is called. */
function repeatedly(work: (isWanted: () => boolean) => Promise<void>): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wanted = true;
  async function turn(): Promise<void> {
    await work(() => wanted);
    if (wanted) timer = setTimeout(() => void turn(), askEvery);
  }
  void turn();
  return () => {
    wanted = false;
    clearTimeout(timer);
  };
}
