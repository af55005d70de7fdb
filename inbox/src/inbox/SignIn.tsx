import { useEffect, useState, type FormEvent, type InputHTMLAttributes } from 'react';
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
  const [isTemporary, setTemporary] = useState(false);
  const demo = useDemoUsers(call);

  async function signIn(email: string, password: string, newPassword?: string): Promise<void> {
    setBusy(true);
    setFailure(null);
    const answer = await session.signIn(email, password, newPassword);
    if (answer.ok) return;
    const wantsAnother = answer.failure.kind === 'refused' && answer.failure.code === 'new_password_required';
    if (wantsAnother) setTemporary(true);
    else setFailure(answer.failure);
    setBusy(false);
  }

  return (
    <main className="sign-in">
      <div className="sign-in-card">
        <p className="wordmark">Parley</p>
        <h1>{text.signInTitle}</h1>
        <p className="lead">{text.signInLead}</p>
        <SignInForm busy={busy} isTemporary={isTemporary} onSubmit={(...given) => void signIn(...given)} />
        {failure && <FailureNote failure={failure} />}
        {demo.length > 0 && (
          <DemoUsers users={demo} busy={busy} onChoose={(user) => void signIn(user.email, user.password)} />
        )}
      </div>
      <LanguageSwitch />
    </main>
  );
}

interface FormProps {
  busy: boolean;
  /** the password was one to begin with: another has to be chosen */
  isTemporary: boolean;
  onSubmit: (email: string, password: string, newPassword?: string) => void;
}

function SignInForm({ busy, isTemporary, onSubmit }: FormProps) {
  const { text } = useWords();
  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const newPassword = isTemporary ? [fieldText(form, 'new_password')] : [];
    onSubmit(fieldText(form, 'email'), fieldText(form, 'password'), ...newPassword);
  }
  return (
    <form className="stack" onSubmit={submit} data-testid="sign-in-form">
      <Field
        label={text.email}
        name="email"
        type="email"
        autoComplete="username"
        autoFocus
        data-testid="sign-in-email"
      />
      <Field
        label={text.password}
        name="password"
        type="password"
        autoComplete="current-password"
        data-testid="sign-in-password"
      />
      {isTemporary && <NewPasswordField />}
      <button type="submit" className="primary" disabled={busy} data-testid="sign-in-submit">
        {busy ? text.signingIn : text.signIn}
      </button>
    </form>
  );
}

function NewPasswordField() {
  const { text } = useWords();
  return (
    <Field
      label={text.newPassword}
      name="new_password"
      type="password"
      autoComplete="new-password"
      aria-describedby="new-password-lead"
      autoFocus
      data-testid="sign-in-new-password"
    >
      <small id="new-password-lead" className="quiet" role="status">
        {text.newPasswordLead}
      </small>
    </Field>
  );
}

/** What is typed is Latin, whatever the page's language. */
function Field({ label, children, ...input }: InputHTMLAttributes<HTMLInputElement> & { label: string }) {
  return (
    <label className="field">
      <span>{label}</span>
      <input dir="ltr" required {...input} />
      {children}
    </label>
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
