import { useEffect } from 'react';
import { conversationsOf } from '../state/views.ts';
import { openConversation } from '../sync/thread.ts';
import { useDesk } from './desk-context.ts';

const prefix = '#/c/';

/** The address of a conversation inside the page: reload, back and new tab work by it. */
export function conversationPath(id: string): string {
  return prefix + encodeURIComponent(id);
}

/** Opens the conversation that the address names. */
export function useConversationPath(): void {
  const desk = useDesk();
  useEffect(() => {
    const follow = (): void => void openConversation(desk, namedConversation());
    follow();
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, [desk]);
}

/** Alt with the arrow keys moves to the next or previous conversation, from anywhere in the page. */
export function useConversationKeys(): void {
  const desk = useDesk();
  useEffect(() => {
    function move(event: KeyboardEvent): void {
      const step = event.altKey ? { ArrowDown: 1, ArrowUp: -1 }[event.key] : undefined;
      if (step === undefined) return;
      event.preventDefault();
      const state = desk.store.state();
      const rows = conversationsOf(state, 'all');
      const next = rows[rows.findIndex((row) => row.id === state.open) + step];
      if (next) location.hash = conversationPath(next.id);
    }
    window.addEventListener('keydown', move);
    return () => window.removeEventListener('keydown', move);
  }, [desk]);
}

function namedConversation(): string | null {
  if (!location.hash.startsWith(prefix)) return null;
  try {
    return decodeURIComponent(location.hash.slice(prefix.length)) || null;
  } catch {
    return null;
  }
}
