import { useEffect, useState, type FormEvent } from 'react';
import type { Call, Failure } from '../api/http.ts';
import type { Config } from '../api/rows.ts';
import type { SessionKeeper } from '../api/session.ts';
import { useWords } from '../i18n/language.tsx';
import { FailureNote } from '../ui/FailureNote.tsx';
import { fieldText } from '../ui/form.ts';
import { LanguageSwitch } from '../ui/LanguageSwitch.tsx';
import { Avatar } from '../ui/Avatar.tsx';

type DemoUser = NonNullable<Config['demo']>[number];

export function SignIn({ call, session }: { call: Call; session: SessionKeeper }) {
  const { text } = useWords();
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const demo = useDemoUsers(call);

  async function signIn(email: string, password: string): Promise<void> {
    setBusy(true);
    setFailure(null);
    const answer = await session.signIn(email, password);
    if (answer.ok) return;
    setFailure(answer.failure);
    setBusy(false);
  }

  return (
    <main className="sign-in">
      <div className="sign-in-card">
        <p className="wordmark">Parley</p>
        <h1>{text.signInTitle}</h1>
        <p className="lead">{text.signInLead}</p>
        <SignInForm busy={busy} onSubmit={(email, password) => void signIn(email, password)} />
        {failure && <FailureNote failure={failure} />}
        {demo.length > 0 && (
          <DemoUsers users={demo} busy={busy} onChoose={(user) => void signIn(user.email, user.password)} />
        )}
      </div>
      <LanguageSwitch />
    </main>
  );
}

function SignInForm({ busy, onSubmit }: { busy: boolean; onSubmit: (email: string, password: string) => void }) {
  const { text } = useWords();
  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    onSubmit(fieldText(form, 'email'), fieldText(form, 'password'));
  }
  return (
    <form className="stack" onSubmit={submit} data-testid="sign-in-form">
      <label className="field">
        <span>{text.email}</span>
        <input
          name="email"
          type="email"
          dir="ltr"
          autoComplete="username"
          required
          autoFocus
          data-testid="sign-in-email"
        />
      </label>
      <label className="field">
        <span>{text.password}</span>
        <input
          name="password"
          type="password"
          dir="ltr"
          autoComplete="current-password"
          required
          data-testid="sign-in-password"
        />
      </label>
      <button type="submit" className="primary" disabled={busy} data-testid="sign-in-submit">
        {busy ? text.signingIn : text.signIn}
      </button>
    </form>
  );
}

function DemoUsers({
  users,
  busy,
  onChoose,
}: {
  users: DemoUser[];
  busy: boolean;
  onChoose: (user: DemoUser) => void;
}) {
  const { text } = useWords();
  return (
    <section className="demo-users" aria-label={text.demoTitle}>
      <h2>{text.demoTitle}</h2>
      {users.map((user) => (
        <button
          key={user.email}
          type="button"
          disabled={busy}
          aria-label={text.demoUser(user.email)}
          data-testid="demo-user"
          data-email={user.email}
          onClick={() => onChoose(user)}
        >
          <Avatar name={user.organization} seed={user.email} />
          <span className="demo-user-text">
            <bdi>{user.organization}</bdi>
            <bdi className="quiet">{user.email}</bdi>
          </span>
        </button>
      ))}
    </section>
  );
}

/** Offered by a one-machine server only. */
function useDemoUsers(call: Call): DemoUser[] {
  const [users, setUsers] = useState<DemoUser[]>([]);
  useEffect(() => {
    void call<Config>({ method: 'GET', path: '/config.json' }).then((answer) => {
      if (answer.ok) setUsers(answer.value.demo ?? []);
      return answer.ok;
    });
  }, [call]);
  return users;
}
