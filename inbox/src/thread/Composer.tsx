import { useRef, useState, type KeyboardEvent } from 'react';
import type { ConversationRow } from '../api/rows.ts';
import { useWords } from '../i18n/language.tsx';
import { LaterButton } from '../later/LaterButton.tsx';
import { LaterDialog } from '../later/LaterDialog.tsx';
import { FileButton } from '../ui/FileButton.tsx';
import { Notice } from '../ui/Notice.tsx';
import { WriteBox } from '../ui/WriteBox.tsx';
import { AttachmentTray } from './AttachmentTray.tsx';
import { QUICK_REPLIES_ID, QuickReplies, quickReplyId } from './QuickReplies.tsx';
import { ReplyTo } from './ReplyTo.tsx';
import { WindowNotice } from './WindowNotice.tsx';
import { useAttachments } from './use-attachments.ts';
import { useCompose } from './use-compose.ts';
import { useFileDrop } from './use-file-drop.ts';
import { useQuickReplies } from './use-quick-replies.ts';

/** Where the agent writes, and attaches files. */
export function Composer({ row, name }: { row: ConversationRow; name: string }) {
  const { text } = useWords();
  const footer = useRef<HTMLElement>(null);
  const files = useAttachments();
  const { attachments, add, remove, again } = files;
  const compose = useCompose(row, files);
  const { draft, write, subject, setSubject, reply, dropReply, isReady } = compose;
  const [isChoosingTime, setChoosingTime] = useState(false);
  const dropping = useFileDrop(footer, add);
  const choice = useQuickReplies(row, draft, write);

  function onKeyDown(event: KeyboardEvent): void {
    const isInBox = event.target instanceof HTMLTextAreaElement;
    if (event.key === 'Escape' && isInBox && !event.defaultPrevented) dropReply();
  }

  return (
    <footer className="composer" ref={footer} data-dropping={dropping || undefined} onKeyDown={onKeyDown}>
      {dropping && <p className="drop-hint">{text.dropHere}</p>}
      <WindowNotice row={row} />
      <QuickReplies choice={choice} />
      {reply && <ReplyTo row={reply} onDrop={dropReply} />}
      <AttachmentTray attachments={attachments} onRemove={remove} onAgain={again} />
      {row.channel === 'email' && (
        <input
          className="mail-subject-field"
          value={subject}
          aria-label={text.mail.subject}
          placeholder={text.mail.subjectPlaceholder}
          dir="auto"
          maxLength={255}
          onChange={(event) => setSubject(event.target.value)}
          data-testid="subject"
        />
      )}
      <WriteBox
        text={draft}
        label={text.composerLabel(name)}
        placeholder={text.composerPlaceholder}
        sendLabel={text.send}
        hint={text.composerHint}
        testId="composer"
        focusAtStart
        focusFor={reply?.id}
        formatted
        ready={isReady}
        before={<FileButton label={text.attachFile} testId="composer" several onChoose={add} />}
        after={<LaterButton disabled={!isReady} onClick={() => setChoosingTime(true)} />}
        choice={{
          listId: QUICK_REPLIES_ID,
          activeId: choice.replies.length > 0 ? quickReplyId(choice.active) : undefined,
          onKey: choice.onKey,
        }}
        onFiles={add}
        onChange={write}
        onSend={(message) => void compose.send(message)}
      />
      <Notice words={compose.notice} />
      {isChoosingTime && (
        <LaterDialog
          canRepeat={attachments.length === 0}
          onSend={compose.sendLater}
          onClose={() => setChoosingTime(false)}
        />
      )}
    </footer>
  );
}
