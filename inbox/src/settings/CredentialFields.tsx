import type { ConnectableChannel, CredentialForm } from '../api/account-rows.ts';
import { useWords } from '../i18n/language.tsx';
import { own } from '../text/own.ts';
import { fieldText } from '../ui/form.ts';

const prefix = 'credentials.';
/** What is no secret may be seen while it is typed. */
const shown = new Set(
  (
    'badge bounce_address ca client_id from from_name icon inbound_address instance login origins page_id phone_number public_key ' +
    'sender session subject suit_id token_url ttl_seconds url user username waba_id'
  ).split(' '),
);

interface Props {
  channel: ConnectableChannel;
  kind: string | null;
  onKind: (kind: string | null) => void;
}

/** The fields of a channel's credentials. Where there are several kinds, the one to choose comes first. */
export function CredentialFields({ channel, kind, onKind }: Props) {
  const { text } = useWords();
  const form = formOf(channel, kind);
  return (
    <>
      {channel.credentials.length > 1 && (
        <label className="field">
          <span>{text.kindOfAccount}</span>
          <select
            value={form && kindOf(form)}
            onChange={(event) => onKind(event.target.value)}
            data-testid="connect-kind"
          >
            {channel.credentials.map(kindOf).map((one) => (
              <option key={one} value={one}>
                {own(text.account.choices, one) ?? one}
              </option>
            ))}
          </select>
        </label>
      )}
      {form?.fields.map((field) => (
        <CredentialInput key={`${kindOf(form)} ${field.name}`} field={field} />
      ))}
      <p className="quiet">{text.secretsLead}</p>
    </>
  );
}

/** What was typed, as the server takes it. */
export function credentialsIn(
  form: FormData,
  channel: ConnectableChannel,
  kind: string | null,
): Record<string, unknown> {
  const chosen = formOf(channel, kind);
  const typed = (chosen?.fields ?? []).flatMap(({ name }) => {
    const value = fieldText(form, prefix + name).trim();
    return value === '' ? [] : [[name, value] as const];
  });
  return { ...(chosen?.kind ? { kind: chosen.kind } : {}), ...Object.fromEntries(typed) };
}

function CredentialInput({ field }: { field: CredentialForm['fields'][number] }) {
  const { text } = useWords();
  const label = own(text.account.credentials, field.name) ?? field.name.replaceAll('_', ' ');
  const common = { name: prefix + field.name, required: field.required, 'data-testid': `connect-${field.name}` };
  const [only, ...others] = field.choices ?? [];
  if (only !== undefined && others.length === 0) return <input type="hidden" name={common.name} value={only} />;
  return (
    <label className="field">
      <span>{field.required ? label : `${label} (${text.optional})`}</span>
      {field.choices ? (
        <select {...common}>
          {field.choices.map((choice) => (
            <option key={choice} value={choice}>
              {own(text.account.choices, choice) ?? choice}
            </option>
          ))}
        </select>
      ) : (
        <input {...common} type={shown.has(field.name) ? 'text' : 'password'} dir="ltr" autoComplete="off" />
      )}
    </label>
  );
}

function formOf(channel: ConnectableChannel, kind: string | null): CredentialForm | undefined {
  return channel.credentials.find((one) => kindOf(one) === kind) ?? channel.credentials[0];
}

/** What tells a form from the channel's others: its kind, or the one thing that a field of it can be. */
function kindOf({ kind, fields }: CredentialForm): string {
  return kind ?? fields.find(({ choices }) => choices?.length === 1)?.choices?.[0] ?? '';
}
