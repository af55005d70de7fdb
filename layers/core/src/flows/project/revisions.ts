import { manifestOf } from '../../channels/manifests.ts';
import type { OrganizationId } from '../../domain/id.ts';
import type { Message } from '../../domain/message.ts';
import { previewOf } from '../../domain/summary.ts';
import { setPreview } from '../../store/conversations.ts';
import { reviseMessage } from '../../store/message-changes.ts';
import { findRevisions } from '../../store/provider-messages.ts';
import type { TableChange } from '../../store/stream-records.ts';

/** What follows from messages being changed or taken back: those that came after their own change are changed now, and previews say what messages say. */
export async function projectRevisions(organization: OrganizationId, changes: TableChange[]): Promise<void> {
  const messages = changes.filter((change) => change.kind === 'message');
  await catchUp(messages.filter(({ before }) => before === undefined).map(({ after }) => after));
  const revised = messages.filter(
    ({ before, after }) => before && (before.editedAt !== after.editedAt || before.deletedAt !== after.deletedAt),
  );
  for (const { after } of revised)
    await setPreview(organization, after.conversationId, { of: after.storedAt, preview: previewOf(after.body) });
}

/** A change that overtook its message was parked under the provider's id: it is made now that the message is there. */
async function catchUp(created: Message[]): Promise<void> {
  const named = created.filter(
    (message): message is Message & { providerMessageId: string } =>
      message.providerMessageId !== undefined && manifestOf(message.channel).revisions === true,
  );
  if (named.length === 0) return;
  for (const { message, revision } of await findRevisions(named)) await reviseMessage(message, revision);
}
