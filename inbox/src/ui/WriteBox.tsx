import { useEffect, type FormEvent } from 'react';
import { Icon } from './icons.tsx';
import { isSendKey, useGrowing } from './use-growing.ts';

interface Props {
  text: string;
  label: string;
  placeholder: string;
  sendLabel: string;
  hint?: string;
  testId: string;
  focusAtStart?: boolean;
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
  onChange,
  onSend,
}: Props) {
  const area = useGrowing();
  const blank = text.trim() === '';
  useEffect(() => {
    // A touch keyboard would cover half of what is to be read first.
    if (focusAtStart && matchMedia('(pointer: fine)').matches) area.current?.focus();
  }, [focusAtStart, area]);

  function send(event?: FormEvent): void {
    event?.preventDefault();
    if (!blank) onSend(text);
  }

  return (
    <form className="write-box" onSubmit={send} data-testid={testId}>
      <textarea
        ref={area}
        rows={1}
        // Empty, it follows the page, so that the placeholder does.
        dir={text === '' ? undefined : 'auto'}
        value={text}
        aria-label={label}
        placeholder={placeholder}
        title={hint}
        data-testid={`${testId}-input`}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (!isSendKey(event)) return;
          event.preventDefault();
          send();
        }}
      />
      <button
        type="submit"
        className="send-button"
        disabled={blank}
        title={sendLabel}
        aria-label={sendLabel}
        data-testid={`${testId}-send`}
      >
        <Icon name="send" />
      </button>
    </form>
  );
}
