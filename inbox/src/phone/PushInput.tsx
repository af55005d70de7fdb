import { useWords } from '../i18n/language.tsx';
import type { InputProps } from './PhoneScreen.tsx';

/** A browser writes nothing: its customer allows notifications, or ends them. */
export function PushInput({ api, phoneId, account, tell }: InputProps) {
  const { text } = useWords();
  const allow = (type: 'block' | 'unblock'): void => void tell(api.act(phoneId, account, { type }));
  return (
    <>
      <button type="button" className="primary" onClick={() => allow('unblock')} data-testid="push-allow">
        {text.allowPushes}
      </button>
      <button type="button" onClick={() => allow('block')} data-testid="push-end">
        {text.endPushes}
      </button>
    </>
  );
}
