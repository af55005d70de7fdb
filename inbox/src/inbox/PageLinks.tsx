import { useWords } from '../i18n/language.tsx';
import { Icon } from '../ui/icons.tsx';
import { pagePath, usePage } from './use-page.ts';

/** The ways to what goes out by itself. */
export function PageLinks() {
  const { text } = useWords();
  const open = usePage();
  const links = [
    ['scheduled', 'alarm', text.sending.scheduled],
    ['broadcasts', 'megaphone', text.broadcasts.broadcasts],
  ] as const;
  return (
    <div className="page-links">
      {links.map(([page, icon, words]) => (
        <a
          key={page}
          className="button"
          href={pagePath(page)}
          aria-current={open === page ? 'page' : undefined}
          data-testid={`open-${page}`}
        >
          <Icon name={icon} />
          {words}
        </a>
      ))}
    </div>
  );
}
