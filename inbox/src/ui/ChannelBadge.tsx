import type { ReactNode } from 'react';
import { useWords } from '../i18n/language.tsx';
import { own } from '../text/own.ts';

const bubble = <path d="M8 2.6a5.4 5.4 0 0 0-4.7 8l-.7 2.8 2.9-.7A5.4 5.4 0 1 0 8 2.6Z" />;
const handset = <path d="M6.2 5.600c-.5.6-.3 1.5.9 2.800s2.2 1.6 2.8 1l.4-.5-1.2-.9-.5.4-1.1-1.1.4-.6-.9-1.200z" />;

const shapes: Record<string, ReactNode> = {
  whatsapp_cloud: (
    <>
      {bubble}
      {handset}
    </>
  ),
  whatsapp_lite: (
    <>
      {bubble}
      <path d="M8.6 5 6.4 8.300h3.200L7.4 11.4" />
    </>
  ),
  web_push: (
    <path d="M3.800 11.200h8.400c-1-1-1.300-2-1.300-4.200a2.900 2.900 0 0 0-5.800 0c0 2.200-.3 3.200-1.300 4.200ZM7 13.200h2" />
  ),
  tiktok: <path d="M8.800 2.800v7.400a2.300 2.300 0 1 1-1.800-2.240M8.800 2.800c.2 1.900 1.300 2.900 3.200 3" />,
  telegram: <path d="M13.5 3 2.5 7.400l3.3 1.3 1.2 3.9 2-2.4 3 2.200zM5.8 8.7 10.6 5.6" />,
};

const generic = (
  <path d="M2.8 3.500h10.400v7.200H8.500L5.6 13v-2.300H2.800zM5.6 7.100h.01M8 7.100h.01M10.4 7.100h.01" />
);

/** The channel as a small mark; `labelled` gives it a name for who can't see it. */
export function ChannelBadge({ channel, labelled = true }: { channel: string; labelled?: boolean }) {
  const name = useChannelName()(channel);
  const said = labelled ? { role: 'img', 'aria-label': name } : { 'aria-hidden': true };
  return (
    <span className="channel-badge" data-channel-kind={channel} title={name} {...said}>
      <svg className="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
        {own(shapes, channel) ?? generic}
      </svg>
    </span>
  );
}

/** What people call a channel. */
export function useChannelName(): (channel: string) => string {
  const { text } = useWords();
  return (channel) => own(text.channels, channel) ?? text.otherChannel;
}
