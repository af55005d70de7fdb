import { useEffect, useRef } from 'react';
import { useWords } from '../i18n/language.tsx';
import { PlainText } from '../ui/RichText.tsx';
import type { QuickReplyChoice } from './use-quick-replies.ts';

export const QUICK_REPLIES_ID = 'quick-replies';

export function quickReplyId(index: number): string {
  return `quick-reply-${index}`;
}

/** Stands above what is written while a shortcut is typed. The keys stay with the writing. */
export function QuickReplies({ choice: { replies, active, choose } }: { choice: QuickReplyChoice }) {
  const { text } = useWords();
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  if (replies.length === 0) return null;
  return (
    <ul
      className="quick-replies"
      id={QUICK_REPLIES_ID}
      role="listbox"
      aria-label={text.library.quickReplies}
      ref={list}
      data-testid="quick-replies"
    >
      {replies.map((reply, index) => (
        <li
          key={reply.id}
          id={quickReplyId(index)}
          role="option"
          aria-selected={index === active}
          onPointerDown={(event) => {
            // The writing keeps the focus.
            event.preventDefault();
            choose(reply);
          }}
          data-testid="quick-reply"
        >
          <bdi className="shortcut">/{reply.shortcut}</bdi>
          {reply.title && <b dir="auto">{reply.title}</b>}
          <span dir="auto">
            <PlainText text={reply.message} />
          </span>
        </li>
      ))}
    </ul>
  );
}
