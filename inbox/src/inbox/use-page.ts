import { useSyncExternalStore } from 'react';

const pages = ['settings', 'scheduled', 'broadcasts'] as const;

/** What stands in the place of a conversation. */
export type Page = (typeof pages)[number];

export function pagePath(page: Page): string {
  return `#/${page}`;
}

/** The page that the address names; null: a conversation, or none. Who comes back from a provider is led to the settings. */
export function usePage(): Page | null {
  return useSyncExternalStore(subscribe, () => pages.find((page) => location.hash === pagePath(page)) ?? null);
}

function subscribe(listener: () => void): () => void {
  const query = new URLSearchParams(location.search);
  const settings = pagePath('settings');
  if (query.has('state') && query.has('code') && location.hash !== settings) location.hash = settings;
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}
