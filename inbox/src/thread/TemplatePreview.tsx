import { useEffect, useState } from 'react';
import type { FilledTemplate, PreviewRow } from '../api/library-rows.ts';
import type { ConversationRow } from '../api/rows.ts';
import { wordsOfCode } from '../i18n/failure-words.ts';
import { useWords } from '../i18n/language.tsx';
import { useDesk } from '../inbox/desk-context.ts';

const PAUSE_MS = 300;

/** What the customer would get, or what is still wrong, as the server says. */
export function TemplatePreview({ row, template }: { row: ConversationRow; template: FilledTemplate }) {
  const { text } = useWords();
  const preview = usePreview(row, template);
  if (!preview) return null;
  return (
    <figure className="template-preview" data-testid="template-preview">
      <figcaption>{text.library.preview}</figcaption>
      {preview.problem ? (
        <div className="quiet" dir="auto">
          <p>{wordsOfCode(text, preview.problem.code) ?? preview.problem.message}</p>
          <small lang="en" dir="auto">
            {preview.problem.message}
          </small>
        </div>
      ) : (
        <p dir="auto">{preview.message}</p>
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
      if (wanted && answer.ok) setPreview(answer.value[0]);
    }
    const timer = setTimeout(() => void ask(), PAUSE_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [desk, row, asked]);
  return preview;
}
