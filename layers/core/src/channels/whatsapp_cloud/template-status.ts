import type { ProviderTemplate } from '../../domain/provider-template.ts';

type Status = ProviderTemplate['status'];

/** Meta's words for what became of a template ("Template status"), in ours: only what is APPROVED can be sent. */
const statuses: Record<string, Status> = {
  APPROVED: 'APPROVED',
  REINSTATED: 'APPROVED',
  UNARCHIVED: 'APPROVED',
  PENDING: 'PENDING',
  IN_APPEAL: 'PENDING',
  REJECTED: 'REJECTED',
  PAUSED: 'PAUSED',
  DISABLED: 'DISABLED',
  LOCKED: 'DISABLED',
  LIMIT_EXCEEDED: 'DISABLED',
  ARCHIVED: 'DISABLED',
  PENDING_DELETION: 'DELETED',
  DELETED: 'DELETED',
};

/** Undefined for what changes nothing yet: FLAGGED is a warning, and a word we do not know. */
export function statusOfTemplate(word: string): Status | undefined {
  return Object.hasOwn(statuses, word) ? statuses[word] : undefined;
}
