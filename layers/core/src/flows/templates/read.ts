import type { Channel } from '../../channels/contract.ts';
import type { ConnectedAccount } from '../../domain/channel-account.ts';
import { ok, refuse } from '../../domain/problem.ts';
import type { Result } from '../../domain/problem.ts';
import { replaceTemplates } from '../../store/templates.ts';
import { refusedByProvider } from '../acts/refused-by-provider.ts';

/** Webhooks tell of changes; what they did not tell is found once a day. */
const READ_EVERY_MS = 24 * 3_600_000;

/** Reads the templates of an account that were not read today. A provider that does not list them now is asked again next time. */
export async function keepTemplatesRead(channel: Channel, account: ConnectedAccount): Promise<void> {
  if (!channel.templates || (account.templatesReadAt ?? 0) > Date.now() - READ_EVERY_MS) return;
  await readTemplates(channel, account);
}

/** Makes an account's templates those that its provider lists, and says how many there are. */
export async function readTemplates(
  { manifest, templates }: Channel,
  account: ConnectedAccount,
): Promise<Result<{ templates: number }>> {
  if (!templates) return refuse(422, 'not_supported', `${manifest.label} has no templates`);
  const listed = await (await templates()).list(account);
  if (!listed.ok) return refusedByProvider(listed.error);
  await replaceTemplates(account, listed.templates, Date.now());
  return ok({ templates: listed.templates.length });
}
