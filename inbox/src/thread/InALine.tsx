import type { MessageRow } from '../api/rows.ts';
import { useWords } from '../i18n/language.tsx';
import { lineOf, type Gist } from '../text/gist.ts';
import { PlainText } from '../ui/RichText.tsx';
import { Icon, type IconName } from '../ui/icons.tsx';

const icons: { [type in MessageRow['type']]?: IconName } = {
  image: 'image',
  video: 'play',
  audio: 'sound',
  document: 'file',
  sticker: 'image',
  location: 'pin',
  contacts: 'person',
};

/** A message in one line, with a sign of its kind. */
export function InALine({ gist }: { gist: Gist }) {
  const { text } = useWords();
  const icon = gist.type === null ? undefined : icons[gist.type];
  return (
    <>
      {icon && <Icon name={icon} />}
      <span dir="auto">
        <PlainText text={lineOf(text, gist)} inALine />
      </span>
    </>
  );
}
