import type { ReactNode } from 'react';
import { useWords } from '../i18n/language.tsx';
import { useInbox } from '../inbox/desk-context.ts';
import { conversationPath } from '../inbox/use-conversation-path.ts';
import { calledIn } from '../state/views.ts';
import { ChannelBadge } from '../ui/ChannelBadge.tsx';

interface Props {
  row: { conversation_id: string; contact_id: string; channel: string };
  /** what stands beside the name */
  children?: ReactNode;
}

/** Whom a message is for, with the way to their conversation. */
export function Addressee({ row, children }: Props) {
  const { text } = useWords();
  const contact = useInbox((state) => state.contacts[row.contact_id]);
  return (
    <header>
      <ChannelBadge channel={row.channel} />
      <div className="account-title">
        <a href={conversationPath(row.conversation_id)} title={text.sending.openConversation}>
          <bdi>{calledIn(text, contact)}</bdi>
        </a>
        {children}
      </div>
    </header>
  );
}
