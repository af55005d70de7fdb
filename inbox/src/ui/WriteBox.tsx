import { useEffect, type FormEvent, type KeyboardEvent, type ReactNode } from 'react';
import { FormatBar } from './FormatBar.tsx';
import { Icon } from './icons.tsx';
import { styleOfKey, useFormatting } from './use-formatting.ts';
import { isSendKey, useGrowing } from './use-growing.ts';

interface Props {
  text: string;
  label: string;
  placeholder: string;
  sendLabel: string;
  hint?: string;
  testId: string;
  focusAtStart?: boolean;
  /** whether it can be sent: by default, once there are words */
  ready?: boolean | 'with words';
  /** takes the focus whenever this becomes another */
  focusFor?: string | undefined;
  /** stands before the words */
  before?: ReactNode;
  /** stands before the send button */
  after?: ReactNode;
  /** what is written is Markdown: with buttons and shortcuts for it */
  formatted?: boolean;
  /** a choice that stands above: its list, the option it stands at, and whether a key is for it */
  choice?: { listId: string; activeId: string | undefined; onKey: (event: KeyboardEvent) => boolean };
  /** takes files that are pasted */
  onFiles?: (files: File[]) => void;
  onChange: (text: string) => void;
  onSend: (text: string) => void;
}

/** Where a message is written: Enter sends, Shift+Enter breaks the line. */
export function WriteBox({
  text,
  label,
  placeholder,
  sendLabel,
  hint,
  testId,
  focusAtStart = false,
  ready = 'with words',
  focusFor,
  before,
  after,
  formatted = false,
  choice,
  onFiles,
  onChange,
  onSend,
}: Props) {
  const area = useGrowing();
  const format = useFormatting(area, onChange);
  const canSend = ready === 'with words' ? text.trim() !== '' : ready;
  useEffect(() => {
    // A touch keyboard would cover half of what is to be read first.
    if (focusAtStart && matchMedia('(pointer: fine)').matches) area.current?.focus();
  }, [focusAtStart, area]);
  useEffect(() => {
    if (focusFor !== undefined) area.current?.focus();
  }, [focusFor, area]);

  function send(event?: FormEvent): void {
    event?.preventDefault();
    if (canSend) onSend(text);
  }

  return (
    <form className="write-box" onSubmit={send} data-testid={testId}>
      {before}
      <div className="write-field">
        {formatted && <FormatBar onStyle={format} />}
        <textarea
          ref={area}
          rows={1}
          // Empty, it follows the page, so that the placeholder does.
          dir={text === '' ? undefined : 'auto'}
          value={text}
          aria-label={label}
          placeholder={placeholder}
          title={hint}
          {...(choice?.activeId !== undefined && {
            role: 'combobox',
            'aria-expanded': true,
            'aria-controls': choice.listId,
            'aria-activedescendant': choice.activeId,
          })}
          data-testid={`${testId}-input`}
          onChange={(event) => onChange(event.target.value)}
          onPaste={(event) => {
            const files = [...event.clipboardData.files];
            if (!onFiles || files.length === 0) return;
            event.preventDefault();
            onFiles(files);
          }}
          onKeyDown={(event) => {
            if (choice?.onKey(event)) return event.preventDefault();
            const style = formatted ? styleOfKey(event) : undefined;
            if (!style && !isSendKey(event)) return;
            event.preventDefault();
            if (style) format(style);
            else send();
          }}
        />
      </div>
      {after}
      <button
        type="submit"
        className="send-button"
        disabled={!canSend}
        title={sendLabel}
        aria-label={sendLabel}
        data-testid={`${testId}-send`}
      >
        <Icon name="send" />
      </button>
    </form>
  );
}
