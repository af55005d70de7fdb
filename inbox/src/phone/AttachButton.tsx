import { useWords } from '../i18n/language.tsx';
import { FileButton } from '../ui/FileButton.tsx';

/** Chooses a file to send. */
export function AttachButton({ onChoose }: { onChoose: (file: File) => void }) {
  const { text } = useWords();
  return <FileButton label={text.attach} testId="phone" onChoose={([file]) => file && onChoose(file)} />;
}
