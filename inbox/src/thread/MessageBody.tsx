import type { ReactNode } from 'react';
import type { MessageRow } from '../api/rows.ts';
import { useWords } from '../i18n/language.tsx';
import { noticeOf } from '../i18n/notice-words.ts';
import { own } from '../text/own.ts';
import { RichText } from '../ui/RichText.tsx';
import { ContactCards, InteractiveChoices, LocationCard } from './cards.tsx';
import { MailBody } from './MailBody.tsx';
import { MediaBody } from './MediaBody.tsx';

/** What a message says, whichever of the kinds it is. */
export function MessageBody({ row }: { row: MessageRow }) {
  if (row.deleted_at) return <Deleted />;
  switch (row.type) {
    case 'image':
    case 'video':
    case 'audio':
    case 'document':
    case 'sticker':
      return (
        <WithText row={row}>
          <MediaBody
            kind={row.type}
            messageId={row.id}
            media={row.media}
            caption={row.message}
            ours={row.direction === 'OUTBOUND'}
          />
        </WithText>
      );
    case 'location':
      return row.location ? <LocationCard location={row.location} /> : <Unsupported row={row} />;
    case 'contacts':
      return <ContactCards contacts={row.contacts ?? []} />;
    case 'interactive':
      return <InteractiveBody row={row} />;
    case 'template':
      return <TemplateBody row={row} />;
    case 'email':
      return row.email ? <MailBody row={row} mail={row.email} /> : <Unsupported row={row} />;
    case 'reaction':
      return <Reaction emoji={row.message} />;
    case 'unsupported':
      return <Unsupported row={row} />;
    case 'system':
      return <NoticeBody row={row} />;
    case 'text':
      return <RichText text={row.message ?? ''} entities={row.entities} />;
  }
}

/** What happened in the conversation beside what was said. */
function NoticeBody({ row }: { row: MessageRow }) {
  const { text } = useWords();
  return <RichText text={noticeOf(text.notices, row.event, row.message ?? '')} />;
}

/** The sign that there was a message, which its writer took back. */
function Deleted() {
  const { text } = useWords();
  return <em className="body-label">{text.deleted}</em>;
}

function WithText({ row, children }: { row: MessageRow; children: ReactNode }) {
  return (
    <>
      {children}
      {row.message && <RichText text={row.message} entities={row.entities} />}
    </>
  );
}

/** A tapped answer's text is the answer itself; it is not said twice. */
function InteractiveBody({ row }: { row: MessageRow }) {
  const { interactive, message } = row;
  if (!interactive) return <RichText text={message ?? ''} entities={row.entities} />;
  const isReply = interactive.kind === 'reply';
  return (
    <InteractiveChoices interactive={interactive}>
      {message && !(isReply && message === interactive.title) && <RichText text={message} entities={row.entities} />}
    </InteractiveChoices>
  );
}

function TemplateBody({ row }: { row: MessageRow }) {
  const { text } = useWords();
  return (
    <>
      <p className="body-label">{text.templateNamed(row.template?.name ?? '')}</p>
      {row.message && <RichText text={row.message} entities={row.entities} />}
    </>
  );
}

function Reaction({ emoji }: { emoji: string | null }) {
  const { text } = useWords();
  return emoji ? (
    <span className="reaction" role="img" aria-label={`${text.bodies.reaction}: ${emoji}`}>
      {emoji}
    </span>
  ) : (
    <em className="body-label">{text.reactionRemoved}</em>
  );
}

function Unsupported({ row }: { row: MessageRow }) {
  const { text } = useWords();
  const withheld = own(text.message.withheld, row.event ?? '');
  if (withheld !== undefined) return <p className="body-label">{withheld}</p>;
  return (
    <>
      <p className="body-label">{text.unsupportedLead}</p>
      {row.message && <RichText text={row.message} />}
    </>
  );
}
