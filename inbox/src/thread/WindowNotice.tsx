import { useEffect, useState } from 'react';
import type { ConversationRow } from '../api/rows.ts';
import { useWords } from '../i18n/language.tsx';
import { useChannel } from '../inbox/use-channel.ts';
import { TemplatePicker } from './TemplatePicker.tsx';
import { isWindowClosed } from './send-window.ts';

/** Says that the provider's window is closed, and offers what goes all the same. */
export function WindowNotice({ row }: { row: ConversationRow }) {
  const { text } = useWords();
  const now = useMinute();
  const [isPicking, setPicking] = useState(false);
  const window = useChannel(row.channel)?.send_window;
  if (!window || !isWindowClosed(window.hours, row.last_inbound_at, now)) return null;
  const takesTemplates = window.after === 'template';
  return (
    <div className="window-notice" role="status" data-testid="window-closed">
      <span>{takesTemplates ? text.library.windowClosed : text.library.windowClosedFor}</span>
      {takesTemplates && (
        <button type="button" onClick={() => setPicking(true)} data-testid="choose-template">
          {text.library.chooseTemplate}
        </button>
      )}
      {isPicking && <TemplatePicker row={row} onClose={() => setPicking(false)} />}
    </div>
  );
}

/** The time, looked at once a minute. */
function useMinute(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 60_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
