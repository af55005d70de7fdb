import { useWords } from '../i18n/language.tsx';
import { failureText, particularsOf } from '../ui/failure-text.ts';
import { Icon } from '../ui/icons.tsx';
import { MOST_BYTES, type Attachment } from './use-attachments.ts';

interface Props {
  attachments: readonly Attachment[];
  onRemove: (key: number) => void;
  onAgain: (attachment: Attachment) => void;
}

/** The files that will go with the message, how far each has been brought, and what went wrong. */
export function AttachmentTray({ attachments, onRemove, onAgain }: Props) {
  const { text } = useWords();
  if (attachments.length === 0) return null;
  return (
    <ul className="attachments" aria-label={text.attachedFiles} data-testid="attachments">
      {attachments.map((attachment) => (
        <li key={attachment.key} data-testid="attachment" data-phase={attachment.state.phase}>
          {attachment.preview ? <img src={attachment.preview} alt="" /> : <Icon name="file" />}
          <span>
            <bdi className="filename">{attachment.file.name}</bdi>
            <State attachment={attachment} onAgain={onAgain} />
          </span>
          <button
            type="button"
            className="icon-button"
            title={text.removeFile(attachment.file.name)}
            aria-label={text.removeFile(attachment.file.name)}
            disabled={attachment.state.phase === 'sending'}
            onClick={() => onRemove(attachment.key)}
            data-testid="attachment-remove"
          >
            <Icon name="cross" />
          </button>
        </li>
      ))}
    </ul>
  );
}

function State({ attachment, onAgain }: { attachment: Attachment; onAgain: Props['onAgain'] }) {
  const { text, format } = useWords();
  const { state, file } = attachment;
  switch (state.phase) {
    case 'uploading':
      return <progress value={state.part} aria-label={text.uploading} />;
    case 'ready':
    case 'sending':
      return <small className="quiet">{format.bytes(file.size)}</small>;
    case 'failed':
      return <Failed attachment={attachment} trouble={state.trouble} onAgain={onAgain} />;
  }
}

type Trouble = Extract<Attachment['state'], { phase: 'failed' }>['trouble'];

function Failed({
  attachment,
  trouble,
  onAgain,
}: {
  attachment: Attachment;
  trouble: Trouble;
  onAgain: Props['onAgain'];
}) {
  const { text, format } = useWords();
  if (trouble === 'too large') {
    const words = attachment.file.size === 0 ? text.fileEmpty : text.fileTooLarge(format.bytes(MOST_BYTES));
    return (
      <small className="trouble" role="alert">
        {words}
      </small>
    );
  }
  const words = trouble.kind === 'network' ? text.uploadFailed : failureText(text, trouble);
  return (
    <small className="trouble" role="alert">
      <bdi>{words}</bdi>{' '}
      {particularsOf(trouble, words).map((each) => (
        <bdi key={each} lang="en">
          {each}{' '}
        </bdi>
      ))}
      <button type="button" className="link-button" onClick={() => onAgain(attachment)}>
        {text.tryAgain}
      </button>
    </small>
  );
}
