import { useState } from 'react';
import type { Result } from '../api/http.ts';
import type { ConversationRow, MessageRow } from '../api/rows.ts';
import { useWords } from '../i18n/language.tsx';
import { useDesk, useInbox } from '../inbox/desk-context.ts';
import { forgetDraft, keepDraft } from '../sync/drafts.ts';
import { sendContent, sendText, type When } from '../sync/send.ts';
import { useNotice } from '../ui/Notice.tsx';
import type { Attachments } from './use-attachments.ts';
import { useTyping } from './use-typing.ts';

interface Compose {
  draft: string;
  write: (words: string) => void;
  subject: string;
  setSubject: (subject: string) => void;
  /** the message that is being answered */
  reply: MessageRow | undefined;
  dropReply: () => void;
  isReady: boolean;
  /** how something went that is not seen in the thread */
  notice: string | null;
  send: (words: string) => Promise<void>;
  sendLater: (when: When) => Promise<Result<void>>;
}

const done: Result<void> = { ok: true, value: undefined };

/** What is being written into a conversation, and its ways out. What is typed is the conversation's draft until it is sent. */
export function useCompose(row: ConversationRow, { attachments, setState, remove }: Attachments): Compose {
  const desk = useDesk();
  const draft = useInbox((state) => state.drafts[row.id]) ?? '';
  const reply = useInbox((state) => state.replies[row.id]);
  const [subject, setSubject] = useState('');
  const { text } = useWords();
  const [notice, setNotice] = useNotice();
  const typed = useTyping(row);
  const allReady = attachments.every(({ state }) => state.phase === 'ready');
  const extras = { subject: subject.trim(), replyTo: reply?.id };

  function write(words: string): void {
    keepDraft(desk, row.id, words);
    typed(words);
  }

  function dropReply(): void {
    desk.store.dispatch({ type: 'reply.chosen', conversationId: row.id, row: null });
  }

  function leave(): void {
    forgetDraft(desk, row.id);
    setSubject('');
    dropReply();
  }

  async function send(words: string): Promise<void> {
    if (attachments.length > 0) return void (await sendFiles(words));
    leave();
    await sendText(desk, row, words, extras);
  }

  async function sendLater(when: When): Promise<Result<void>> {
    if (attachments.length > 0) return sendFiles(draft, when);
    const sent = await sendContent(desk, row, { text: draft, ...extras, when });
    if (sent.ok) leave();
    if (sent.ok && when.recurrence) setNotice(text.sending.recursNow);
    return sent;
  }

  /** Each file is a message of its own; the words go with the first. What is refused stays, with the reason. */
  async function sendFiles(words: string, when?: When): Promise<Result<void>> {
    for (const [index, { key, state }] of attachments.entries()) {
      if (state.phase !== 'ready') return done;
      const { uploadId } = state;
      setState(key, { phase: 'sending', uploadId });
      const content = index === 0 ? { text: words, ...extras } : { text: '' };
      const sent = await sendContent(desk, row, { ...content, uploadId, when });
      if (!sent.ok) {
        setState(key, { phase: 'failed', trouble: sent.failure });
        return sent;
      }
      if (index === 0) leave();
      remove(key);
    }
    return done;
  }

  const isReady = attachments.length === 0 ? draft.trim() !== '' : allReady;
  return { draft, write, subject, setSubject, reply, dropReply, isReady, notice, send, sendLater };
}
