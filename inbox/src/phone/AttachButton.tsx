import { useRef } from 'react';
import { useWords } from '../i18n/language.tsx';
import { Icon } from '../ui/icons.tsx';

/** Chooses a file to send. */
export function AttachButton({ onChoose }: { onChoose: (file: File) => void }) {
  const { text } = useWords();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        data-testid="phone-file"
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) onChoose(file);
          // The same file may be chosen again.
          event.target.value = '';
        }}
      />
      <button
        type="button"
        className="icon-button attach"
        title={text.attach}
        aria-label={text.attach}
        onClick={() => input.current?.click()}
        data-testid="phone-attach"
      >
        <Icon name="clip" />
      </button>
    </>
  );
}
