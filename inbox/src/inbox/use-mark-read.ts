import { useEffect, useRef } from 'react';
import { markRead } from '../sync/conversations.ts';
import { useVisible } from '../ui/use-visible.ts';
import { useDesk, useInbox } from './desk-context.ts';

/** Marks the open conversation as read while it is looked at: when opened, and whenever something new comes in. */
export function useMarkRead(): void {
  const desk = useDesk();
  const visible = useVisible();
  const row = useInbox((state) => (state.open === null ? undefined : state.conversations[state.open]));
  const loaded = useInbox((state) => state.open !== null && state.threads[state.open]?.phase === 'ready');
  const told = useRef('');
  useEffect(() => {
    if (!visible) told.current = '';
    if (!row || row.unread_count === 0 || !visible || !loaded) return;
    // A server that still answers "unread" must not be told again and again.
    const version = `${row.id} ${row.last_message_at} ${row.unread_count}`;
    if (told.current === version) return;
    told.current = version;
    void markRead(desk, row.id);
  }, [desk, row, visible, loaded]);
}
