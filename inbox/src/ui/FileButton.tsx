import { useRef } from 'react';
import { Icon } from './icons.tsx';

interface Props {
  label: string;
  testId: string;
  several?: boolean;
  onChoose: (files: File[]) => void;
}

/** Chooses files. */
export function FileButton({ label, testId, several = false, onChoose }: Props) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        multiple={several}
        data-testid={`${testId}-file`}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          if (files.length > 0) onChoose(files);
          // The same file may be chosen again.
          event.target.value = '';
        }}
      />
      <button
        type="button"
        className="icon-button attach"
        title={label}
        aria-label={label}
        onClick={() => input.current?.click()}
        data-testid={`${testId}-attach`}
      >
        <Icon name="clip" />
      </button>
    </>
  );
}
