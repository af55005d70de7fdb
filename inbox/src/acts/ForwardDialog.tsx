import { useState } from 'react';
import type { Failure } from '../api/http.ts';
import type { ConversationRow, MessageRow } from '../api/rows.ts';
import { useWords } from '../i18n/language.tsx';
import { useDesk, useInbox } from '../inbox/desk-context.ts';
import { SearchField } from '../inbox/SearchField.tsx';
import { conversationPath } from '../inbox/use-conversation-path.ts';
import { useSearch } from '../inbox/use-search.ts';
import { calledIn, conversationsOf, searchWords } from '../state/views.ts';
import { forwardMessage } from '../sync/acts.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { ChannelBadge, useChannelName } from '../ui/ChannelBadge.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { FailureNote } from '../ui/FailureNote.tsx';

const MOST_SHOWN = 50;

interface Props {
  row: MessageRow;
  fromId: string;
  onClose: () => void;
}

/** Chooses the conversation a message is passed on into, and goes there. */
export function ForwardDialog({ row, fromId, onClose }: Props) {
  const { text } = useWords();
  return (
    <Dialog title={text.sending.forwardTo} testId="forward-dialog" onClose={onClose}>
      {(close) => <Choice row={row} fromId={fromId} onDone={close} />}
    </Dialog>
  );
}

function Choice({ row, fromId, onDone }: { row: MessageRow; fromId: string; onDone: () => void }) {
  const { text } = useWords();
  const desk = useDesk();
  const [typed, setTyped] = useState('');
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const state = useInbox((all) => all);
  const words = searchWords(typed);
  useSearch(words);
  const found = conversationsOf(state, 'all', words).filter(({ id }) => id !== fromId);

  async function forward(to: ConversationRow): Promise<void> {
    setBusy(true);
    const answer = await forwardMessage(desk, row.id, to);
    setBusy(false);
    if (!answer.ok) return setFailure(answer.failure);
    onDone();
    location.assign(conversationPath(to.id));
  }

  return (
    <div className="stack">
      <SearchField value={typed} onChange={setTyped} />
      {failure && <FailureNote failure={failure} />}
      <ul className="choice-list">
        {found.slice(0, MOST_SHOWN).map((each) => (
          <li key={each.id}>
            <Target row={each} disabled={busy} onChoose={() => void forward(each)} />
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className="quiet">{text.nobodyFound}</p>}
      <div className="buttons">
        <button type="button" onClick={onDone}>
          {text.cancel}
        </button>
      </div>
    </div>
  );
}

function Target(props: { row: ConversationRow; disabled: boolean; onChoose: () => void }) {
  const { row, disabled, onChoose } = props;
  const { text } = useWords();
  const channelName = useChannelName();
  const contact = useInbox((state) => state.contacts[row.contact_id]);
  const account = useInbox((state) => state.accounts[row.channel_account_id]);
  const name = calledIn(text, contact);
  const origin = [channelName(row.channel), account?.name].filter(Boolean).join(' · ');
  return (
    <button type="button" disabled={disabled} onClick={onChoose} data-testid="forward-target">
      <Avatar name={name} seed={row.contact_id} />
      <span className="choice-words">
        <bdi>{name}</bdi>
        <bdi className="quiet">{origin}</bdi>
      </span>
      <ChannelBadge channel={row.channel} labelled={false} />
    </button>
  );
}
