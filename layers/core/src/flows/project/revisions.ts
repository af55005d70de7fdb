import { manifestOf } from '../../channels/manifests.ts';
import type { OrganizationId } from '../../domain/id.ts';
import type { Message } from '../../domain/message.ts';
import { kindOf } from '../../domain/conversation.ts';
import { previewOf } from '../../domain/summary.ts';
import { setPreview } from '../../store/conversations.ts';
import { findRevisions } from '../../store/provider-messages.ts';
import type { TableChange } from '../../store/stream-records.ts';

/** What follows from messages being changed or taken back: those that came after their own change are changed now, and lists say what messages say. */
export async function projectRevisions(organization: OrganizationId, changes: TableChange[]): Promise<void> {
  const messages = changes.filter((change) => change.kind === 'message');
  await catchUp(messages.filter(({ before }) => before === undefined).map(({ after }) => after));
  const revised = messages.filter(({ before, after }) => before && !readsTheSame(before, after));
  for (const { after } of revised)
    await setPreview(organization, after.conversationId, {
      of: after.storedAt,
      preview: previewOf(after.body),
      kind: kindOf(after),
    });
}

/** A change that overtook its message was parked under the provider's id: it is made now that the message is there. */
async function catchUp(created: Message[]): Promise<void> {
  const named = created.filter(
    (message): message is Message & { providerMessageId: string } =>
      message.providerMessageId !== undefined && manifestOf(message.channel).revisions === true,
  );
  if (named.length === 0) return;
  const parked = await findRevisions(named);
  if (parked.length === 0) return;
  const { reviseMessage } = await import('../../store/message-changes.ts');
  for (const { message, revision } of parked) await reviseMessage(message, revision);
}

/** In a list; what was sent in another form than it was written, or reworded before it left, may not. */
function readsTheSame(before: Message, after: Message): boolean {
  const [was, is] = [kindOf(before), kindOf(after)];
  return was.type === is.type && was.event === is.event && previewOf(before.body) === previewOf(after.body);
}
