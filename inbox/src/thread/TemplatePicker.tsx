import { useEffect, useRef, useState, type FormEvent } from 'react';
import type { Failure } from '../api/http.ts';
import type { TemplateRow } from '../api/library-rows.ts';
import type { ConversationRow } from '../api/rows.ts';
import { useWords } from '../i18n/language.tsx';
import { useDesk } from '../inbox/desk-context.ts';
import { createAsked } from '../inbox/use-asked.ts';
import { sendTemplate } from '../sync/send-template.ts';
import { FailureNote } from '../ui/FailureNote.tsx';
import { TemplateBlanks } from './TemplateBlanks.tsx';
import { TemplatePreview } from './TemplatePreview.tsx';
import { filledTemplate, type Blanks } from './template-draft.ts';

const useTemplates = createAsked((desk, accountId) => desk.client.templates(accountId));

/** A modal dialog: which approved template, and what it is filled with. */
export function TemplatePicker({ row, onClose }: { row: ConversationRow; onClose: () => void }) {
  const { text } = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const templates = useTemplates(row.channel_account_id, true);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="dialog"
      aria-labelledby="template-picker-title"
      onClose={onClose}
      data-testid="template-picker"
    >
      <h2 id="template-picker-title">{text.library.chooseTemplate}</h2>
      {templates.length === 0 ? (
        <p className="quiet">{text.library.noTemplates}</p>
      ) : (
        <TemplateForm row={row} templates={templates} onDone={() => dialog.current?.close()} />
      )}
    </dialog>
  );
}

interface FormProps {
  row: ConversationRow;
  templates: TemplateRow[];
  onDone: () => void;
}

function TemplateForm({ row, templates, onDone }: FormProps) {
  const desk = useDesk();
  const { text } = useWords();
  const [chosen, setChosen] = useState(templates[0]?.id);
  const [blanks, setBlanks] = useState<Blanks>({});
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const template = templates.find(({ id }) => id === chosen);
  if (!template) return null;
  const filled = filledTemplate(template, blanks);

  async function send(event: FormEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    const sent = await sendTemplate(desk, row, filled);
    setBusy(false);
    if (!sent.ok) return setFailure(sent.failure);
    onDone();
  }

  function choose(id: string): void {
    setChosen(id);
    setBlanks({});
    setFailure(null);
  }

  return (
    <form className="stack" onSubmit={(event) => void send(event)}>
      <label className="field">
        <span>{text.library.template}</span>
        <select value={chosen} onChange={(event) => choose(event.target.value)} data-testid="template-choice">
          {templates.map(({ id, name, language }) => (
            <option key={id} value={id}>{`${name} · ${language}`}</option>
          ))}
        </select>
      </label>
      <TemplateBlanks template={template} blanks={blanks} onChange={setBlanks} />
      <TemplatePreview row={row} template={filled} />
      {failure && <FailureNote failure={failure} />}
      <div className="buttons">
        <button type="button" onClick={onDone}>
          {text.cancel}
        </button>
        <button type="submit" className="primary" disabled={busy} data-testid="template-send">
          {text.send}
        </button>
      </div>
    </form>
  );
}
