import { useEffect } from 'react';
import type { Call } from '../api/http.ts';
import { useWords } from '../i18n/language.tsx';
import { ChannelBadge, useChannelName } from '../ui/ChannelBadge.tsx';
import { Icon } from '../ui/icons.tsx';
import { LanguageSwitch } from '../ui/LanguageSwitch.tsx';
import { PhoneFrame } from './PhoneFrame.tsx';

const channels = [
  'whatsapp_cloud',
  'telegram',
  'whatsapp_lite',
  'messenger',
  'instagram',
  'tiktok',
  'email',
  'sms',
  'web_push',
];

/** The customers' side: one phone for each provider that plays along. */
export function PhonesPage({ call }: { call: Call }) {
  const { text } = useWords();
  useEffect(() => {
    document.title = `${text.phonesTitle} · Parley`;
  }, [text]);
  return (
    <>
      <header className="phones-head">
        <div className="phones-title">
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
        <PhoneLinks />
      </header>
      <main className="phones" data-testid="phones">
        {channels.map((channel) => (
          <PhoneFrame key={channel} call={call} channel={channel} id={idOf(channel)} />
        ))}
      </main>
    </>
  );
}

/** There are more phones than fit on a screen. */
function PhoneLinks() {
  const { text } = useWords();
  const nameOf = useChannelName();
  return (
    <nav className="phone-links" aria-label={text.phones}>
      {channels.map((channel) => (
        <button key={channel} type="button" onClick={() => show(channel)} data-testid="phone-link">
          <ChannelBadge channel={channel} labelled={false} />
          {nameOf(channel)}
        </button>
      ))}
    </nav>
  );
}

function show(channel: string): void {
  document.getElementById(idOf(channel))?.scrollIntoView({ block: 'nearest', inline: 'center' });
}

function idOf(channel: string): string {
  return `phone-${channel}`;
}
