import type { MessageRow } from '../api/rows.ts';
import type { ChannelRow } from '../api/sending-rows.ts';
import { useWords } from '../i18n/language.tsx';
import { useInbox } from '../inbox/desk-context.ts';
import { Menu, MenuItem } from '../ui/Menu.tsx';
import { ownReaction, possibleActs } from './possible-acts.ts';

export type Chosen = { act: 'reply' | 'copy' | 'edit' | 'remove' | 'forward' } | { act: 'react'; emoji: string | null };

interface Props {
  row: MessageRow;
  /** undefined while it is not known */
  channel: ChannelRow | undefined;
  anchor: HTMLElement;
  onClose: (byKey: boolean) => void;
  onChoose: (chosen: Chosen) => void;
}

const items = [
  ['reply', 'reply'],
  ['copy', 'copy'],
  ['forward', 'forward'],
  ['edit', 'pen'],
  ['remove', 'bin'],
] as const;

/** What can be done with one message. */
export function ActMenu({ row, channel, anchor, onClose, onChoose }: Props) {
  const { text } = useWords();
  const can = possibleActs(row, channel);
  const offered = items.filter(([act]) => can[act]);
  return (
    <Menu label={text.sending.messageActions} anchor={anchor} testId="message-menu" onClose={onClose}>
      {can.reactions.length > 0 && <Reactions row={row} emoji={can.reactions} onChoose={onChoose} />}
      {offered.map(([act, icon]) => (
        <MenuItem
          key={act}
          icon={icon}
          words={text.sending[act]}
          testId={`act-${act}`}
          danger={act === 'remove'}
          onSelect={() => onChoose({ act })}
        />
      ))}
      {channel && offered.length + can.reactions.length === 0 && <p className="quiet">{text.sending.nothingToDo}</p>}
    </Menu>
  );
}

interface ReactionsProps {
  row: MessageRow;
  emoji: readonly string[];
  onChoose: Props['onChoose'];
}

/** The one we have on it already is taken back. */
function Reactions({ row, emoji, onChoose }: ReactionsProps) {
  const { text } = useWords();
  const own = useInbox((state) => ownReaction(row, state.threads[row.conversation_id]?.rows ?? []));
  return (
    <div className="reactions" role="group">
      {emoji.map((each) => (
        <button
          key={each}
          type="button"
          role="menuitemradio"
          aria-checked={each === own}
          aria-label={each === own ? text.sending.takeReactionBack(each) : text.sending.reactWith(each)}
          tabIndex={-1}
          onClick={() => onChoose({ act: 'react', emoji: each === own ? null : each })}
          data-testid="act-react"
          data-emoji={each}
        >
          {each}
        </button>
      ))}
    </div>
  );
}
