import { useState, type FormEvent } from 'react';
import type { Failure } from '../api/http.ts';
import { useWords } from '../i18n/language.tsx';
import { isolate } from '../i18n/plural.ts';
import { FailureNote } from '../ui/FailureNote.tsx';
import { fieldText } from '../ui/form.ts';
import { Icon } from '../ui/icons.tsx';
import type { ProviderApi } from './provider-api.ts';
import type { ProviderState, ProviderStore } from './provider-store.ts';

/** Which business and which customer the phone is about. */
export function PhoneSettings({
  api,
  store,
  provider,
}: {
  api: ProviderApi;
  store: ProviderStore;
  provider: ProviderState;
}) {
  const { text } = useWords();
  const [adding, setAdding] = useState(false);
  const { loaded, account, phone } = provider;
  return (
    <div className="phone-settings">
      <label className="field">
        <span>{text.business}</span>
        <select
          value={account?.external_id ?? ''}
          disabled={!loaded}
          onChange={(event) => store.chooseAccount(event.target.value)}
          data-testid="phone-account"
        >
          {provider.accounts.map((each) => (
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
          title={phone?.address}
          disabled={!loaded}
          onChange={(event) => store.choosePhone(event.target.value)}
          data-testid="phone-person"
        >
          {provider.phones.map((each) => (
            <option key={each.id} value={each.id} dir="auto">
              {`${isolate(each.name)} · ${isolate(each.address)}`}
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
        disabled={!loaded}
        onClick={() => setAdding(!adding)}
        data-testid="phone-add"
      >
        <Icon name="plus" />
      </button>
      {adding && <AddPerson api={api} store={store} onDone={() => setAdding(false)} />}
    </div>
  );
}

function AddPerson({ api, store, onDone }: { api: ProviderApi; store: ProviderStore; onDone: () => void }) {
  const { text } = useWords();
  const [failure, setFailure] = useState<Failure | null>(null);
  async function add(person: { name: string; address: string }): Promise<void> {
    const answer = await store.act(api.add(person));
    if (!answer.ok) return setFailure(answer.failure);
    store.choosePhone(answer.value.id);
    onDone();
  }
  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    void add({ name: fieldText(form, 'name'), address: fieldText(form, 'address') });
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
