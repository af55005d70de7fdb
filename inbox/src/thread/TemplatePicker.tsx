import { useState } from 'react';
import type { TemplateRow } from '../api/library-rows.ts';
import type { ConversationRow } from '../api/rows.ts';
import { useWords } from '../i18n/language.tsx';
import { useDesk } from '../inbox/desk-context.ts';
import { createAsked } from '../inbox/use-asked.ts';
import { sendTemplate } from '../sync/send-template.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { DialogForm } from '../ui/DialogForm.tsx';
import { TemplateBlanks } from './TemplateBlanks.tsx';
import { TemplatePreview } from './TemplatePreview.tsx';
import { filledTemplate, type Blanks } from './template-draft.ts';

const useTemplates = createAsked((desk, accountId) => desk.client.templates(accountId));

/** A modal dialog: which approved template, and what it is filled with. */
export function TemplatePicker({ row, onClose }: { row: ConversationRow; onClose: () => void }) {
  const { text } = useWords();
  const templates = useTemplates(row.channel_account_id, true);
  return (
    <Dialog title={text.library.chooseTemplate} testId="template-picker" onClose={onClose}>
      {(close) =>
        templates.length === 0 ? (
          <p className="quiet">{text.library.noTemplates}</p>
        ) : (
          <TemplateForm row={row} templates={templates} onDone={close} />
        )
      }
    </Dialog>
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
  const template = templates.find(({ id }) => id === chosen);
  if (!template) return null;
  const filled = filledTemplate(template, blanks);

  function choose(id: string): void {
    setChosen(id);
    setBlanks({});
  }

  return (
    <DialogForm
      submit={text.send}
      testId="template-send"
      onSubmit={() => sendTemplate(desk, row, filled)}
      onDone={onDone}
    >
      <label className="field">
        <span>{text.library.template}</span>
        <select value={chosen} onChange={(event) => choose(event.target.value)} data-testid="template-choice">
          {templates.map(({ id, name, language }) => (
            <option key={id} value={id}>{`${name} · ${language}`}</option>
          ))}
        </select>
      </label>
      <TemplateBlanks template={template} blanks={blanks} onChange={setBlanks} />
      <TemplatePreview key={template.id} row={row} template={filled} body={template.body} />
    </DialogForm>
  );
}
