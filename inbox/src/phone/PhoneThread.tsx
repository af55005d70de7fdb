import { useLayoutEffect, useRef } from 'react';
import { useWords } from '../i18n/language.tsx';
import { own } from '../text/own.ts';
import { RichText } from '../ui/RichText.tsx';
import { StatusIcon } from '../ui/StatusIcon.tsx';
import { phoneStatus, tappedTitle, viewBody, type BodyChoice, type BodyView } from './phone-message.ts';
import type { PhoneMessage } from './provider-api.ts';

type OnTap = (messageId: string, choice: BodyChoice) => void;

/** The thread as the customer sees it: their own bubbles at the end side, the business's at the start side. */
export function PhoneThread({ messages, empty, onTap }: { messages: PhoneMessage[]; empty: string; onTap: OnTap }) {
  const { text } = useWords();
  const box = useRef<HTMLDivElement>(null);
  const last = messages.at(-1)?.id;
  useLayoutEffect(() => {
    if (last !== undefined && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [last]);
  return (
    <div
      className="phone-messages"
      ref={box}
      role="log"
      aria-label={text.messages}
      tabIndex={0}
      data-testid="phone-messages"
    >
      {messages.length === 0 && <p className="phone-notice quiet">{empty}</p>}
      {messages.map((message) => (
        <PhoneBubble key={message.id} message={message} tapped={tappedTitle(message.body, messages)} onTap={onTap} />
      ))}
    </div>
  );
}

function PhoneBubble({ message, tapped, onTap }: { message: PhoneMessage; tapped: string | null; onTap: OnTap }) {
  const { text, format } = useWords();
  const at = new Date(message.at);
  const status = phoneStatus(message.status);
  const body = viewBody(message.body);
  return (
    <article
      className="phone-bubble"
      data-testid="phone-bubble"
      data-from={message.from}
      data-status={message.status ?? ''}
      data-message-id={message.id}
    >
      {message.mail && (
        <strong className="phone-subject" dir="auto">
          {message.mail.subject}
        </strong>
      )}
      {body && <PhoneBody body={body} />}
      {(tapped ?? message.text) && <RichText text={tapped ?? message.text ?? ''} />}
      {message.mail && <MailParts mail={message.mail} />}
      {body && <Choices choices={body.choices} onTap={(choice) => onTap(message.id, choice)} />}
      {message.remark && (
        <small className="quiet" dir="auto">
          {message.remark === 'edited' ? text.edited : message.remark}
        </small>
      )}
      <span className="phone-meta">
        <time dateTime={message.at} title={format.moment(at)}>
          {format.time(at)}
        </time>
        {status && (
          <span role="img" aria-label={text.statuses[status]} title={text.statuses[status]}>
            <StatusIcon status={status} />
          </span>
        )}
      </span>
    </article>
  );
}

/** The files of a mail, and that it has a design of its own. */
function MailParts({ mail: { html, attachments } }: { mail: NonNullable<PhoneMessage['mail']> }) {
  return (
    <span className="phone-files quiet">
      {html && <span data-testid="phone-html">HTML</span>}
      {attachments.map(({ filename, url }) => (
        <a key={url} href={url} target="_blank" rel="noopener noreferrer">
          <bdi>{filename}</bdi>
        </a>
      ))}
    </span>
  );
}

/** Captions and titles are the message's text, which the bubble shows. */
function PhoneBody({ body }: { body: BodyView }) {
  const { text } = useWords();
  const label = body.kind === 'tap' ? text.tapped : (own<string>(text.bodies, body.kind) ?? body.kind);
  return (
    <>
      {body.url && isPicture(body.kind) && <img src={body.url} alt={label} loading="lazy" />}
      {body.url && !isPicture(body.kind) && (
        <a href={body.url} target="_blank" rel="noopener noreferrer">
          <bdi>{body.filename ?? label}</bdi>
        </a>
      )}
      {!body.url && body.choices.length === 0 && <span className="body-label">{label}</span>}
    </>
  );
}

function Choices({ choices, onTap }: { choices: BodyChoice[]; onTap: (choice: BodyChoice) => void }) {
  if (choices.length === 0) return null;
  return (
    <ul className="phone-choices">
      {choices.map((choice) => (
        <li key={choice.id + choice.title}>
          {choice.url === null ? (
            <button type="button" onClick={() => onTap(choice)} data-testid="phone-choice">
              <bdi>{choice.title}</bdi>
            </button>
          ) : (
            <a
              className="button"
              href={choice.url}
              target="_blank"
              rel="noopener noreferrer"
              onClick={() => onTap(choice)}
              data-testid="phone-choice"
            >
              <bdi>{choice.title}</bdi>
            </a>
          )}
        </li>
      ))}
    </ul>
  );
}

function isPicture(kind: string): boolean {
  return kind === 'image' || kind === 'sticker';
}
