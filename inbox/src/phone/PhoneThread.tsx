import { useLayoutEffect, useRef } from 'react';
import { useWords } from '../i18n/language.tsx';
import { own } from '../text/own.ts';
import { RichText } from '../ui/RichText.tsx';
import { StatusIcon } from '../ui/StatusIcon.tsx';
import { phoneStatus, viewBody, type BodyView } from './phone-message.ts';
import type { PhoneMessage } from './provider-api.ts';

/** The thread as the customer sees it: their own bubbles at the end side, the business's at the start side. */
export function PhoneThread({ messages }: { messages: PhoneMessage[] }) {
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
      {messages.length === 0 && <p className="phone-notice quiet">{text.phoneEmpty}</p>}
      {messages.map((message) => (
        <PhoneBubble key={message.id} message={message} />
      ))}
    </div>
  );
}

function PhoneBubble({ message }: { message: PhoneMessage }) {
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
      {body && <PhoneBody body={body} />}
      {message.text && <RichText text={message.text} />}
      {body && body.choices.length > 0 && <Choices titles={body.choices} />}
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

/** Captions and titles are the message's text, which the bubble shows. */
function PhoneBody({ body }: { body: BodyView }) {
  const { text } = useWords();
  const label = own<string>(text.bodies, body.kind) ?? body.kind;
  return (
    <>
      {body.url && isPicture(body.kind) && <img src={body.url} alt={label} loading="lazy" />}
      {body.url && !isPicture(body.kind) && (
        <a href={body.url} target="_blank" rel="noopener noreferrer">
          {label}
        </a>
      )}
      {!body.url && body.choices.length === 0 && <span className="body-label">{label}</span>}
    </>
  );
}

function Choices({ titles }: { titles: string[] }) {
  return (
    <ul className="choices">
      {titles.map((title) => (
        <li key={title}>
          <bdi>{title}</bdi>
        </li>
      ))}
    </ul>
  );
}

function isPicture(kind: string): boolean {
  return kind === 'image' || kind === 'sticker';
}
