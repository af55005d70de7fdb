import { useMemo, useRef } from 'react';
import { useWords } from '../i18n/language.tsx';
import { useDesk, useInbox } from '../inbox/desk-context.ts';
import { emptyThread, type Thread } from '../state/inbox-state.ts';
import { loadNewest, loadOlder } from '../sync/thread.ts';
import { Boundary } from '../ui/Boundary.tsx';
import { FailureNote } from '../ui/FailureNote.tsx';
import { Icon } from '../ui/icons.tsx';
import { useNear } from '../ui/use-near.ts';
import { Bubble } from './Bubble.tsx';
import { threadDays, type ThreadDay } from './days.ts';
import { useThreadScroll } from './use-thread-scroll.ts';

export function MessageList({ id }: { id: string }) {
  const { text } = useWords();
  const thread = useInbox((state) => state.threads[id]) ?? emptyThread;
  const { rows, outgoing } = thread;
  const days = useMemo(() => threadDays({ rows, outgoing }), [rows, outgoing]);
  const bubbles = useMemo(() => days.flatMap((day) => day.bubbles), [days]);
  const box = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const { fresh, away, onScroll, toBottom } = useThreadScroll(box, content, bubbles);
  return (
    <div className="message-area">
      <div
        className="messages"
        ref={box}
        onScroll={onScroll}
        data-scroller
        tabIndex={0}
        role="log"
        aria-label={text.messages}
        aria-busy={thread.phase === 'loading'}
        data-testid="messages"
      >
        <div className="messages-content" ref={content}>
          <ThreadStart id={id} thread={thread} />
          {days.map((day) => (
            <Day key={day.key} day={day} />
          ))}
        </div>
      </div>
      {away && <ToNewest fresh={fresh} onGo={toBottom} />}
    </div>
  );
}

function Day({ day }: { day: ThreadDay }) {
  const { text, format } = useWords();
  return (
    <section className="day">
      <h3>
        <span>{format.day(day.at)}</span>
      </h3>
      {day.bubbles.map((bubble) => (
        <Boundary key={bubble.key} instead={<p className="thread-start">{text.unsupportedLead}</p>}>
          <Bubble
            itemKey={bubble.key}
            row={bubble.row}
            failure={bubble.failure}
            first={bubble.first}
            last={bubble.last}
          />
        </Boundary>
      ))}
    </section>
  );
}

/** What stands above the oldest message: the way to older ones, the beginning, or why they are missing. */
function ThreadStart({ id, thread }: { id: string; thread: Thread }) {
  const { text } = useWords();
  const desk = useDesk();
  const marker = useNear(() => void loadOlder(desk, id), '600px 0px 0px 0px');
  const empty = thread.rows.length === 0 && thread.outgoing.length === 0;
  if (thread.failure) return <FailureNote failure={thread.failure} onRetry={() => void retry()} />;
  if (thread.phase === 'loading')
    return (
      <p className="thread-start" role="status">
        {text.loading}
      </p>
    );
  if (!thread.complete) return <div ref={marker} className="thread-start" />;
  return <p className="thread-start">{empty ? text.emptyThread : text.beginning}</p>;

  function retry(): Promise<void> {
    return thread.cursor === null ? loadNewest(desk, id) : loadOlder(desk, id);
  }
}

function ToNewest({ fresh, onGo }: { fresh: number; onGo: () => void }) {
  const { text, format } = useWords();
  const label = fresh > 0 ? text.newMessages(fresh, format.number(fresh)) : text.toNewest;
  return (
    <button
      type="button"
      className={`to-newest ${fresh > 0 ? 'has-fresh' : ''}`}
      title={label}
      aria-label={label}
      onClick={onGo}
      data-testid="to-newest"
    >
      <Icon name="down" />
      {fresh > 0 && <span>{label}</span>}
    </button>
  );
}
