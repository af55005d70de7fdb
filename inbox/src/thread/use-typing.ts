import { useRef } from 'react';
import type { ConversationRow } from '../api/rows.ts';
import { useDesk } from '../inbox/desk-context.ts';
import { useChannel } from '../inbox/use-channel.ts';

/** Providers show it for some seconds, and mind being told more often. */
const EVERY_MS = 5000;

/** Tells the customer that an agent writes, where the channel can. To be called with what is written, whenever it changes. */
export function useTyping({ id, channel }: ConversationRow): (words: string) => void {
  const desk = useDesk();
  const can = useChannel(channel)?.actions.includes('typing') ?? false;
  const told = useRef(0);
  return (words) => {
    if (!can || words.trim() === '' || Date.now() - told.current < EVERY_MS) return;
    told.current = Date.now();
    void desk.client.showTyping(id);
  };
}
