import type { Choice, Interactive } from '../../domain/body.ts';

/** The buttons of what becomes a card; a card has neither header nor footer. */
export function buttonsOf(interactive: Interactive): Choice[] | undefined {
  if (interactive.kind === 'quick_replies') return interactive.buttons;
  return interactive.kind === 'buttons' ? interactive.buttons : undefined;
}

/** The id of a TikTok post out of its address: `https://www.tiktok.com/@shop/video/7301234567890123456`. */
export function postIdOf(link: string | undefined): string | undefined {
  const url = URL.parse(link ?? '');
  if (!url || !/^(www\.|m\.)?tiktok\.com$/.test(url.hostname)) return undefined;
  return /^\/@[^/]+\/(?:video|photo)\/(\d{5,25})\/?$/.exec(url.pathname)?.[1];
}
