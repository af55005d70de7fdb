import type { ReactNode } from 'react';
import { useWords } from '../i18n/language.tsx';
import { arrive } from '../ui/arrive.ts';
import { Icon } from '../ui/icons.tsx';

/** What stands on top of a page: the way back, what it is, and what can be done. */
export function PageHead({ title, lead, children }: { title: string; lead: string; children?: ReactNode }) {
  const { text } = useWords();
  return (
    <header className="settings-head">
      <a className="icon-button" href="#/" title={text.closeSettings} aria-label={text.closeSettings}>
        <Icon name="back" />
      </a>
      <div>
        <h2 key={title} ref={arrive} tabIndex={-1}>
          {title}
        </h2>
        <p className="quiet">{lead}</p>
      </div>
      {children}
    </header>
  );
}
