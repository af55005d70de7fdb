import { useState, type FormEvent } from 'react';
import type { Failure } from '../api/http.ts';
import { useWords } from '../i18n/language.tsx';
import { FailureNote } from '../ui/FailureNote.tsx';
import { Icon } from '../ui/icons.tsx';
import type { ProviderApi } from './provider-api.ts';
import type { ProviderState } from './use-provider.ts';

/** Which business and which customer the phone is about. */
export function PhoneSettings({ api, provider }: { api: ProviderApi; provider: ProviderState }) {
  const { text } = useWords();
  const [adding, setAdding] = useState(false);
  const { directory, account, phone } = provider;
  return (
    <div className="phone-settings">
      <label className="field">
        <span>{text.business}</span>
        <select
          value={account?.external_id ?? ''}
          disabled={!directory}
          onChange={(event) => provider.chooseAccount(event.target.value)}
          data-testid="phone-account"
        >
          {directory?.accounts.map((each) => (
            <option key={each.external_id} value={each.external_id} dir="auto">
              {each.name}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        <span>{text.person}</span>
        <select
          value={phone?.id ?? ''}
          disabled={!directory}
          onChange={(event) => provider.choosePhone(event.target.value)}
          data-testid="phone-person"
        >
          {directory?.phones.map((each) => (
            <option key={each.id} value={each.id} dir="auto">
              {`${each.name} · ${each.address}`}
            </option>
          ))}
        </select>
      </label>
      <button
        type="button"
        className="icon-button"
        title={text.addPerson}
        aria-label={text.addPerson}
        aria-expanded={adding}
        disabled={!directory}
        onClick={() => setAdding(!adding)}
        data-testid="phone-add"
      >
        <Icon name="plus" />
      </button>
      {adding && <AddPerson api={api} provider={provider} onDone={() => setAdding(false)} />}
    </div>
  );
}

function AddPerson({ api, provider, onDone }: { api: ProviderApi; provider: ProviderState; onDone: () => void }) {
  const { text } = useWords();
  const [failure, setFailure] = useState<Failure | null>(null);
  async function add(person: { name: string; address: string }): Promise<void> {
    const answer = await provider.act(api.add(person));
    if (!answer.ok) return setFailure(answer.failure);
    provider.choosePhone(answer.value.id);
    onDone();
  }
  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    void add({ name: String(form.get('name')), address: String(form.get('address')) });
  }
  return (
    <form className="add-person" onSubmit={submit}>
      <input name="name" required dir="auto" placeholder={text.personName} aria-label={text.personName} autoFocus />
      <input name="address" required dir="ltr" placeholder={text.personAddress} aria-label={text.personAddress} />
      <button type="submit" className="primary">
        {text.add}
      </button>
      {failure && <FailureNote failure={failure} />}
    </form>
  );
}
