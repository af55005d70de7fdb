import { useRef } from 'react';
import { useWords } from '../i18n/language.tsx';
import { useChannel } from '../inbox/use-channel.ts';
import { useInbox } from '../inbox/desk-context.ts';
import { TemplateBlanks } from '../thread/TemplateBlanks.tsx';
import { Segments } from '../ui/Segments.tsx';
import { variablesOf, type BroadcastDraft } from './broadcast-draft.ts';
import { useTemplates } from './use-templates.ts';

interface Props {
  draft: BroadcastDraft;
  isMail: boolean;
  onChange: (draft: BroadcastDraft) => void;
}

/** What everyone on the list gets: words with variables, or a template of the provider. */
export function ContentFields({ draft, isMail, onChange }: Props) {
  const { text } = useWords();
  const account = useInbox((state) => state.accounts[draft.accountId]);
  const hasTemplates = useChannel(account?.channel ?? '')?.template ?? false;
  const says = hasTemplates ? draft.says : 'message';
  const words = text.broadcasts;
  const area = useRef<HTMLTextAreaElement>(null);

  function insert(variable: string): void {
    const { selectionStart: start, selectionEnd: end } = area.current ?? { selectionStart: 0, selectionEnd: 0 };
    onChange({ ...draft, message: draft.message.slice(0, start) + variable + draft.message.slice(end) });
    area.current?.focus();
  }

  return (
    <fieldset className="stack tight">
      <legend>{words.sends}</legend>
      {hasTemplates && (
        <Segments
          label={words.sends}
          choices={[
            ['message', words.aMessage],
            ['template', words.aTemplate],
          ]}
          value={draft.says}
          onChange={(next) => onChange({ ...draft, says: next })}
        />
      )}
      {says === 'template' ? (
        <TemplateFields draft={draft} onChange={onChange} />
      ) : (
        <>
          {isMail && (
            <label className="field">
              <span>{text.mail.subject}</span>
              <input
                dir="auto"
                required
                value={draft.subject}
                onChange={(event) => onChange({ ...draft, subject: event.target.value })}
              />
            </label>
          )}
          <label className="field">
            <span>{text.firstMessage}</span>
            <textarea
              ref={area}
              rows={4}
              dir="auto"
              required
              value={draft.message}
              onChange={(event) => onChange({ ...draft, message: event.target.value })}
              data-testid="broadcast-message"
            />
            <small className="quiet">{words.messageHint}</small>
          </label>
          <Variables names={variablesOf(draft)} onChoose={insert} />
        </>
      )}
    </fieldset>
  );
}

/** What the list has for each recipient, to be put into the words. */
function Variables({ names, onChoose }: { names: string[]; onChoose: (variable: string) => void }) {
  const { text } = useWords();
  if (names.length === 0) return null;
  return (
    <div className="variables" role="group" aria-label={text.broadcasts.variables}>
      {names.map((name) => (
        <button key={name} type="button" onClick={() => onChoose(`{{${name}}}`)} data-testid="insert-variable">
          <bdi>{`{{${name}}}`}</bdi>
        </button>
      ))}
    </div>
  );
}

function TemplateFields({ draft, onChange }: Omit<Props, 'isMail'>) {
  const { text } = useWords();
  const templates = useTemplates(draft.accountId, true);
  const template = templates.find(({ id }) => id === draft.templateId);
  if (templates.length === 0) return <p className="quiet">{text.broadcasts.noTemplates}</p>;
  return (
    <>
      <label className="field">
        <span>{text.library.template}</span>
        <select
          required
          value={draft.templateId}
          onChange={(event) => onChange({ ...draft, templateId: event.target.value, blanks: {} })}
          data-testid="broadcast-template"
        >
          <option value="" />
          {templates.map(({ id, name, language }) => (
            <option key={id} value={id}>{`${name} · ${language}`}</option>
          ))}
        </select>
      </label>
      {template?.body && (
        <p className="template-preview" dir="auto">
          {template.body}
        </p>
      )}
      {template && (
        <TemplateBlanks
          template={template}
          blanks={draft.blanks}
          onChange={(blanks) => onChange({ ...draft, blanks })}
        />
      )}
      <small className="quiet">{text.broadcasts.messageHint}</small>
    </>
  );
}
