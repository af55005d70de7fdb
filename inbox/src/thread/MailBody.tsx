import { useState } from 'react';
import type { MailPart, Media } from '../api/message-parts.ts';
import type { MessageRow } from '../api/rows.ts';
import { useWords } from '../i18n/language.tsx';
import { PlainText, RichText } from '../ui/RichText.tsx';
import { MailFrame } from './MailFrame.tsx';
import { MediaBody } from './MediaBody.tsx';

/** An email: what was newly written, with what it quotes, its design and its files within reach. */
export function MailBody({ row, mail }: { row: MessageRow; mail: MailPart }) {
  const { text } = useWords();
  const [designed, setDesigned] = useState(false);
  const files = mail.attachments.filter((file) => !(designed && file.content_id !== null && isPicture(file)));
  return (
    <div className="mail" data-testid="mail">
      {mail.subject && (
        <strong className="mail-subject" dir="auto">
          <PlainText text={mail.subject} />
        </strong>
      )}
      {mail.automatic && <p className="body-label">{text.mail.automaticMail}</p>}
      {mail.suspect && (
        <p className="mail-suspect" role="note">
          {text.mail.suspectMail[mail.suspect]}
        </p>
      )}
      {designed && mail.html ? <MailFrame mail={mail} /> : <Words row={row} mail={mail} />}
      {files.map((file, index) => (
        <MediaBody
          key={file.filename ?? index}
          kind={kindOf(file)}
          messageId={row.id}
          media={file}
          caption={null}
          ours={row.direction === 'OUTBOUND'}
        />
      ))}
      <p className="mail-actions">
        {mail.html?.url && !designed && (
          <button type="button" className="link-button" onClick={() => setDesigned(true)} data-testid="mail-designed">
            {text.mail.showDesigned}
          </button>
        )}
        {mail.original?.url && (
          <a href={mail.original.url} target="_blank" rel="noopener noreferrer">
            {text.mail.original}
          </a>
        )}
      </p>
    </div>
  );
}

function Words({ row, mail }: { row: MessageRow; mail: MailPart }) {
  const { text } = useWords();
  const isEmpty = !row.message && mail.html === null && mail.attachments.length === 0;
  return (
    <>
      {row.message && <RichText text={row.message} entities={row.entities} />}
      {isEmpty && <p className="body-label">{text.mail.mailUnreadable}</p>}
      {mail.quoted && (
        <details className="mail-quoted" data-testid="mail-quoted">
          <summary>{text.mail.showQuoted}</summary>
          <RichText text={mail.quoted} />
        </details>
      )}
    </>
  );
}

function isPicture({ mime }: Media): boolean {
  return mime?.startsWith('image/') ?? false;
}

function kindOf(file: Media): 'image' | 'video' | 'audio' | 'document' {
  return (['image', 'video', 'audio'] as const).find((kind) => file.mime?.startsWith(`${kind}/`)) ?? 'document';
}
