import { useCallback, useState, type ReactNode } from 'react';
import type { MessageRow } from '../api/rows.ts';
import { useWords } from '../i18n/language.tsx';
import { useDesk } from '../inbox/desk-context.ts';
import { useChannel } from '../inbox/use-channel.ts';
import { react } from '../sync/acts.ts';
import { failureText } from '../ui/failure-text.ts';
import { Notice, useNotice } from '../ui/Notice.tsx';
import { ActMenu, type Chosen } from './ActMenu.tsx';
import { ActsContext, type MenuRequest } from './acts-context.ts';
import { DeleteDialog } from './DeleteDialog.tsx';
import { EditDialog } from './EditDialog.tsx';
import { ForwardDialog } from './ForwardDialog.tsx';

type Asking = { act: 'edit' | 'remove' | 'forward'; row: MessageRow };

/** What can be done with the messages below: one menu for all of them, and what it leads to. */
export function MessageActs({ conversationId, children }: { conversationId: string; children: ReactNode }) {
  const desk = useDesk();
  const { text } = useWords();
  const [menu, setMenu] = useState<MenuRequest | null>(null);
  const channel = useChannel(menu?.row.channel ?? '');
  const [asking, setAsking] = useState<Asking | null>(null);
  const [notice, setNotice] = useNotice();
  const open = useCallback((request: MenuRequest) => {
    setMenu((before) => {
      before?.onClosed();
      const isSame = before?.anchor === request.anchor;
      if (isSame) request.onClosed();
      return isSame ? null : request;
    });
  }, []);

  function close(byKey: boolean): void {
    menu?.onClosed();
    setMenu(null);
    if (byKey) menu?.anchor.focus();
  }

  function choose(row: MessageRow, chosen: Chosen): void {
    close(chosen.act !== 'reply');
    switch (chosen.act) {
      case 'reply':
        return desk.store.dispatch({ type: 'reply.chosen', conversationId: row.conversation_id, row });
      case 'copy':
        return void copy(row.message ?? '');
      case 'react':
        return void reactWith(row, chosen.emoji);
      default:
        return setAsking({ act: chosen.act, row });
    }
  }

  async function copy(words: string): Promise<void> {
    const done = await navigator.clipboard.writeText(words).then(
      () => true,
      () => false,
    );
    setNotice(done ? text.sending.copied : text.sending.notCopied);
  }

  async function reactWith(row: MessageRow, emoji: string | null): Promise<void> {
    const answer = await react(desk, row, emoji);
    if (!answer.ok) setNotice(failureText(text, answer.failure));
  }

  const onClose = (): void => setAsking(null);
  return (
    <ActsContext value={open}>
      {children}
      {menu && (
        <ActMenu
          key={menu.row.id}
          row={menu.row}
          channel={channel}
          anchor={menu.anchor}
          onClose={close}
          onChoose={(chosen) => choose(menu.row, chosen)}
        />
      )}
      {asking?.act === 'edit' && <EditDialog row={asking.row} onClose={onClose} />}
      {asking?.act === 'remove' && <DeleteDialog row={asking.row} onClose={onClose} />}
      {asking?.act === 'forward' && <ForwardDialog row={asking.row} fromId={conversationId} onClose={onClose} />}
      <Notice words={notice} />
    </ActsContext>
  );
}
