interface Props<T extends string> {
  label: string;
  choices: readonly (readonly [T, string])[];
  value: T;
  onChange: (value: T) => void;
}

/** One of a few, all seen at once. */
export function Segments<T extends string>({ label, choices, value, onChange }: Props<T>) {
  return (
    <div className="segments wide" role="group" aria-label={label}>
      {choices.map(([choice, words]) => (
        <button
          key={choice}
          type="button"
          aria-pressed={choice === value}
          onClick={() => onChange(choice)}
          data-choice={choice}
        >
          {words}
        </button>
      ))}
    </div>
  );
}
