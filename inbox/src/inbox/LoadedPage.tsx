import { useEffect, useState, type ComponentType } from 'react';
import { useWords } from '../i18n/language.tsx';
import { FailureNote } from '../ui/FailureNote.tsx';
import { Icon } from '../ui/icons.tsx';
import type { Page } from './use-page.ts';

/** The pages are not on the first screen: the code of each is loaded when it is opened. */
const pages: Record<Page, () => Promise<ComponentType>> = {
  settings: async () => (await import('../settings/ChannelsPage.tsx')).ChannelsPage,
  scheduled: async () => (await import('../later/ScheduledPage.tsx')).ScheduledPage,
  broadcasts: async () => (await import('../broadcasts/BroadcastsPage.tsx')).BroadcastsPage,
};

export function LoadedPage({ page }: { page: Page }) {
  const { text } = useWords();
  const code = useCode(page);
  if (typeof code === 'object') return <code.Page />;
  return (
    <main className="settings-pane">
      {code === 'failed' ? (
        <>
          <a className="icon-button" href="#/" title={text.closeSettings} aria-label={text.closeSettings}>
            <Icon name="back" />
          </a>
          {/* after a new version came out, the code of the old one may be gone */}
          <FailureNote failure={{ kind: 'network' }} onRetry={() => location.reload()} />
        </>
      ) : (
        <p className="quiet" role="status">
          {text.loading}
        </p>
      )}
    </main>
  );
}

type Code = { Page: ComponentType } | 'loading' | 'failed';

function useCode(page: Page): Code {
  const [known, setKnown] = useState<{ page: Page; code: Code } | null>(null);
  useEffect(() => {
    let current = true;
    const take = (code: Code) => current && setKnown({ page, code });
    void pages[page]().then(
      (Page) => take({ Page }),
      () => take('failed'),
    );
    return () => {
      current = false;
    };
  }, [page]);
  return known?.page === page ? known.code : 'loading';
}
