import { codeIn } from '../../domain/link-code.ts';
import { clickLink, targetOfLink } from '../../store/links.ts';

/**
 * Where the link that `path` begins with leads: to what was stored with it, and to nothing that a request says. A person's visit counts as a click. Undefined when
 * there is no such link, or it has ended.
 */
export async function followLink(path: string, { isPerson }: { isPerson: boolean }): Promise<string | undefined> {
  const code = codeIn(path);
  if (code === undefined) return undefined;
  const url = await (isPerson ? clickLink : targetOfLink)(code, Date.now());
  // as a header can have it: another alphabet's letters are escaped
  return url === undefined ? undefined : new URL(url).href;
}
