import type { ReactNode } from 'react';

/** Decorative line drawings on a 16 by 16 grid; whoever uses one gives it a name in words. */
const shapes = {
  back: <path d="M10 3 5 8l5 5" />,
  send: <path d="M2.5 8h9M8 4l4.5 4L8 12" />,
  clip: (
    <path d="m13 7.300-5.300 5.300a3.2 3.2 0 0 1-4.500-4.500l5.600-5.600a2.1 2.1 0 0 1 3 3l-5.500 5.500a1 1 0 0 1-1.500-1.500l4.900-4.900" />
  ),
  search: <path d="M7 2.500a4.500 4.500 0 1 0 0 9 4.500 4.500 0 0 0 0-9ZM10.300 10.300l3.200 3.200" />,
  plus: <path d="M8 3v10M3 8h10" />,
  down: <path d="M8 3v10M4 9l4 4 4-4" />,
  out: <path d="M9 3H4v10h5M7 8h7M11.5 5.5 14 8l-2.5 2.5" />,
  clock: <path d="M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11ZM8 5v3.2l2 1.3" />,
  tick: <path d="m3.5 8.5 3 3 6-7" />,
  ticks: <path d="m.8 8.5 3 3 6-7M7.2 11.1l.5.4 6.5-7" />,
  cross: <path d="m4 4 8 8M12 4l-8 8" />,
  file: <path d="M4 1.8h5l3 3v9.4H4zM9 1.8v3h3" />,
  pin: (
    <path d="M8 14.2S3.5 10 3.5 6.6a4.5 4.5 0 0 1 9 0C12.5 10 8 14.2 8 14.200ZM8 8.200a1.6 1.6 0 1 0 0-3.2 1.6 1.6 0 0 0 0 3.200Z" />
  ),
  person: <path d="M8 8a2.7 2.7 0 1 0 0-5.400A2.7 2.7 0 0 0 8 8ZM2.8 13.500c.4-2.7 2.5-4 5.2-4s4.8 1.3 5.2 4" />,
  image: <path d="M2 3h12v10H2zM2 11l3.5-3.500L9 11l2-2 3 3M10.5 6.200h.01" />,
  play: <path d="M5 3.500v9l7-4.500z" />,
  sound: <path d="M6 6v4M9 4v8M12 6.500v3M3 7v2" />,
  alert: <path d="M8 2 1.8 13.200h12.400zM8 6.500v3M8 11.400h.01" />,
  reply: <path d="M6.5 4 3 7.5 6.5 11M3 7.500h6a4 4 0 0 1 4 4v1" />,
  more: <path d="M8 3.500h.01M8 8h.01M8 12.500h.01" strokeWidth="2.200" />,
  copy: <path d="M5.500 5.500h8v8h-8zM10.500 5.500v-3h-8v8h3" />,
  forward: <path d="M9.5 4 13 7.500 9.5 11M13 7.500H7a4 4 0 0 0-4 4v1" />,
  pen: <path d="m3 13 .8-3.200L10.500 3 13 5.500l-6.800 6.700zM9.200 4.400l2.400 2.400" />,
  bin: <path d="M3 4.500h10M6.500 4.500v-2h3v2M4.500 4.500l.5 9h6l.5-9M6.800 7v4M9.200 7v4" />,
  alarm: <path d="M8 3.500a5 5 0 1 0 0 10 5 5 0 0 0 0-10ZM8 6v2.700l1.800 1M2 4.500l2-2M14 4.500l-2-2" />,
  megaphone: <path d="M2.500 6.500v3h2.500l6.500 3V3.500L5 6.500zM5 9.500l1 4h1.500l-1-3.300M13.800 6.800v2.400" />,
  chats: <path d="M2 3h9v6.500H6.500L4 12V9.500H2zM13 6h1v6h-2v2.200L9.8 12H7.5" />,
  gear: (
    <path d="M8 5.700a2.300 2.300 0 1 0 0 4.600 2.300 2.300 0 0 0 0-4.600ZM8 1.800v2M8 12.200v2M1.800 8h2M12.200 8h2M3.600 3.600 5 5M11 11l1.400 1.400M12.400 3.600 11 5M5 11l-1.400 1.400" />
  ),
  list: <path d="M3 4.500h.01M3 8h.01M3 11.500h.01M6 4.500h7.500M6 8h7.500M6 11.500h7.500" />,
  phone: <path d="M4.5 1.500h7v13h-7zM7 12.300h2" />,
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof shapes;

const followsReading = new Set<IconName>(['back', 'send', 'out', 'reply', 'forward', 'megaphone']);

/** `back`, `send` and their like turn round in right-to-left text. */
export function Icon({ name, className = '' }: { name: IconName; className?: string }) {
  const turning = followsReading.has(name) ? 'turns' : '';
  return (
    <svg className={`icon ${turning} ${className}`} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      {shapes[name]}
    </svg>
  );
}
