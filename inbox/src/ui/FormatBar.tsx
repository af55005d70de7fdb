import { useWords } from '../i18n/language.tsx';
import type { MarkedStyle } from '../text/marks.ts';

/** How each button looks: its letter in its own style. */
const letters = [
  ['bold', <strong key="bold">B</strong>],
  ['italic', <em key="italic">I</em>],
  ['strikethrough', <s key="strikethrough">S</s>],
  ['code', <code key="code">{'<>'}</code>],
] as const satisfies [MarkedStyle, unknown][];

/** Buttons that mark what is selected. They leave the focus where it is. */
export function FormatBar({ onStyle }: { onStyle: (style: MarkedStyle) => void }) {
  const { text } = useWords();
  return (
    <div className="format-bar" role="toolbar" aria-label={text.formatting}>
      {letters.map(([style, letter]) => (
        <button
          key={style}
          type="button"
          className="icon-button"
          title={text.formats[style]}
          aria-label={text.formats[style]}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onStyle(style)}
          data-testid={`format-${style}`}
        >
          {letter}
        </button>
      ))}
    </div>
  );
}
