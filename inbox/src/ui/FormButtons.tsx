import { useWords } from '../i18n/language.tsx';

interface Props {
  /** what the button says that does it */
  submit: string;
  testId: string;
  disabled: boolean;
  danger?: boolean;
  onCancel: () => void;
}

/** The end of a form: not wanted any more, or done. */
export function FormButtons({ submit, testId, disabled, danger = false, onCancel }: Props) {
  const { text } = useWords();
  return (
    <div className="buttons">
      <button type="button" onClick={onCancel}>
        {text.cancel}
      </button>
      <button type="submit" className={danger ? 'primary danger' : 'primary'} disabled={disabled} data-testid={testId}>
        {submit}
      </button>
    </div>
  );
}
