import { useEffect, useState } from 'react';
import type { FilledTemplate, PreviewRow } from '../api/library-rows.ts';
import type { ConversationRow } from '../api/rows.ts';
import { wordsOfCode } from '../i18n/failure-words.ts';
import { useWords } from '../i18n/language.tsx';
import { useDesk } from '../inbox/desk-context.ts';
import { PlainText } from '../ui/RichText.tsx';

const PAUSE_MS = 300;

interface Props {
  row: ConversationRow;
  template: FilledTemplate;
  /** as its provider keeps it, with its blanks: shown while the server can't say what it comes to */
  body: string | null;
}

/** What the customer would get, or what is still wrong, as the server says. */
export function TemplatePreview({ row, template, body }: Props) {
  const { text } = useWords();
  const preview = usePreview(row, template);
  return (
    <figure className="template-preview" data-testid="template-preview">
      <figcaption>{text.library.preview}</figcaption>
      {preview?.problem ? (
        <div className="quiet" dir="auto">
          <p>{wordsOfCode(text, preview.problem.code) ?? preview.problem.message}</p>
          <small lang="en" dir="auto">
            {preview.problem.message}
          </small>
        </div>
      ) : (
        <p dir="auto">
          <PlainText text={preview?.message ?? body ?? ''} />
        </p>
      )}
    </figure>
  );
}

/** Asked for once the typing pauses. */
function usePreview(row: ConversationRow, template: FilledTemplate): PreviewRow | undefined {
  const desk = useDesk();
  const [preview, setPreview] = useState<PreviewRow>();
  const asked = JSON.stringify(template);
  useEffect(() => {
    let wanted = true;
    async function ask(): Promise<void> {
      const answer = await desk.client.previewTemplate(row, JSON.parse(asked) as FilledTemplate);
      if (wanted) setPreview(answer.ok ? answer.value[0] : undefined);
    }
    const timer = setTimeout(() => void ask(), PAUSE_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [desk, row, asked]);
  return preview;
}
