import type { ReactNode } from 'react';
import { useWords } from '../i18n/language.tsx';
import { own } from '../text/own.ts';

const bubble = <path d="M8 2.6a5.4 5.4 0 0 0-4.7 8l-.7 2.8 2.9-.7A5.4 5.4 0 1 0 8 2.6Z" />;
const handset = <path d="M6.2 5.600c-.5.6-.3 1.5.9 2.800s2.2 1.6 2.8 1l.4-.5-1.2-.9-.5.4-1.1-1.1.4-.6-.9-1.200z" />;

const shapes: Record<string, ReactNode> = {
  messenger: (
    <>
      <path d="M8 2.500c-3.300 0-5.700 2.200-5.700 5.200 0 1.600.7 3 1.900 3.900v2l1.900-1.100c.6.2 1.200.3 1.900.3 3.300 0 5.700-2.200 5.700-5.100S11.300 2.500 8 2.500Z" />
      <path d="m4.900 9 2.200-2.300 1.800 1.400 2.200-1.800" />
    </>
  ),
  instagram: (
    <path d="M5.200 2.600h5.600a2.600 2.600 0 0 1 2.600 2.600v5.600a2.600 2.600 0 0 1-2.600 2.600H5.200a2.600 2.600 0 0 1-2.600-2.600V5.200a2.600 2.600 0 0 1 2.600-2.600ZM8 5.500a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5ZM11.200 4.800h.01" />
  ),
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
  email: <path d="M2.600 4h10.800v8H2.600zM2.800 4.300 8 8.600l5.200-4.300" />,
  sms: (
    <path d="M5.200 2.200h5.600a.8.8 0 0 1 .8.8v10a.8.8 0 0 1-.8.8H5.200a.8.8 0 0 1-.8-.8V3a.8.8 0 0 1 .8-.8ZM7.200 11.800h1.600" />
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
  return (channel) => own(text.channels, channel) ?? readable(channel);
}

/** `line_official` is «Line official» until somebody says what people call it. */
function readable(channel: string): string {
  const words = channel.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
