import { useEffect } from 'react';
import type { Call } from '../api/http.ts';
import { useWords } from '../i18n/language.tsx';
import { Icon } from '../ui/icons.tsx';
import { LanguageSwitch } from '../ui/LanguageSwitch.tsx';
import { PhoneFrame } from './PhoneFrame.tsx';

const channels = ['whatsapp_cloud', 'telegram', 'whatsapp_lite', 'messenger', 'instagram', 'tiktok', 'web_push'];

/** The customers' side: one phone for each provider that plays along. */
export function PhonesPage({ call }: { call: Call }) {
  const { text } = useWords();
  useEffect(() => {
    document.title = `${text.phonesTitle} · Parley`;
  }, [text]);
  return (
    <>
      <header className="phones-head">
        <div>
          <h1>{text.phonesTitle}</h1>
          <p className="quiet">
            {text.phonesLead} {text.openLead}
          </p>
        </div>
        <LanguageSwitch />
        <a className="button" href="/" data-testid="inbox-link">
          <Icon name="chats" />
          {text.inbox}
        </a>
      </header>
      <main className="phones" data-testid="phones">
        {channels.map((channel) => (
          <PhoneFrame key={channel} call={call} channel={channel} />
        ))}
      </main>
    </>
  );
}
