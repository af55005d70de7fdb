import { useRef, useState, type KeyboardEvent } from 'react';
import type { Entity } from '../api/message-parts.ts';
import type { MessageRow } from '../api/rows.ts';
import { useWords } from '../i18n/language.tsx';
import { useDesk } from '../inbox/desk-context.ts';
import { useChannel } from '../inbox/use-channel.ts';
import { editMessage } from '../sync/acts.ts';
import { carryEntities, toggleStyle } from '../text/carry-entities.ts';
import type { MarkedStyle } from '../text/marks.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { DialogForm } from '../ui/DialogForm.tsx';
import { FormatBar } from '../ui/FormatBar.tsx';
import { RichText } from '../ui/RichText.tsx';
import { styleOfKey } from '../ui/use-formatting.ts';

interface Words {
  message: string;
  entities: Entity[];
}

/** Other words for a message that was sent, or still waits for its time. */
export function EditDialog({ row, onClose }: { row: MessageRow; onClose: () => void }) {
  const { text } = useWords();
  return (
    <Dialog title={text.sending.editMessage} testId="edit-dialog" focusOn="textarea" onClose={onClose}>
      {(close) => <EditForm row={row} onDone={close} />}
    </Dialog>
  );
}

function EditForm({ row, onDone }: { row: MessageRow; onDone: () => void }) {
  const { text } = useWords();
  const desk = useDesk();
  const [before] = useState<Words>({ message: row.message ?? '', entities: row.entities ?? [] });
  const [words, setWords] = useState(before);
  const isSame = words.message === before.message && words.entities === before.entities;
  return (
    <DialogForm
      submit={text.save}
      testId="edit-save"
      ready={words.message.trim() !== '' && !isSame}
      onSubmit={() => editMessage(desk, row.id, words)}
      onDone={onDone}
    >
      <WordsField channel={row.channel} words={words} onChange={setWords} />
      {words.entities.length > 0 && (
        <figure className="template-preview" data-testid="edit-preview">
          <figcaption>{text.library.preview}</figcaption>
          <RichText text={words.message} entities={words.entities} />
        </figure>
      )}
    </DialogForm>
  );
}

interface FieldProps {
  channel: string;
  words: Words;
  onChange: (words: Words) => void;
}

/** The words as they are read, without marks: their formatting goes with them, and is seen beside them. */
function WordsField({ channel, words: { message, entities }, onChange }: FieldProps) {
  const { text } = useWords();
  const area = useRef<HTMLTextAreaElement>(null);
  const canFormat = (useChannel(channel)?.formatting.length ?? 0) > 0;

  function format(style: MarkedStyle): void {
    if (!area.current) return;
    const { selectionStart: start, selectionEnd: end } = area.current;
    onChange({ message, entities: toggleStyle(entities, { text: message, start, end }, style) });
    area.current.focus();
  }

  function onKeyDown(event: KeyboardEvent): void {
    const style = canFormat ? styleOfKey(event) : undefined;
    if (!style) return;
    event.preventDefault();
    format(style);
  }

  return (
    <div className="write-field">
      {canFormat && <FormatBar onStyle={format} />}
      <textarea
        ref={area}
        rows={4}
        dir="auto"
        value={message}
        aria-label={text.sending.editMessage}
        onChange={({ target: { value } }) =>
          onChange({ message: value, entities: carryEntities(message, entities, value) })
        }
        onKeyDown={onKeyDown}
        data-testid="edit-words"
      />
    </div>
  );
}
