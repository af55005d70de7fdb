import type { BroadcastToMake } from '../api/broadcast-rows.ts';
import type { TemplateRow } from '../api/library-rows.ts';
import type { ChannelAccountRow } from '../api/rows.ts';
import { filledTemplate, type Blanks } from '../thread/template-draft.ts';
import { listOf, mappingOf, recipientsIn, type Column, type Encoding, type ListHead } from './list-head.ts';

/** A broadcast while it is being filled in. */
export interface BroadcastDraft {
  name: string;
  accountId: string;
  says: 'message' | 'template';
  message: string;
  /** of an email */
  subject: string;
  templateId: string;
  blanks: Blanks;
  list: 'paste' | 'file';
  pasted: string;
  file: File | null;
  /** null: a workbook, or no file yet */
  head: ListHead | null;
  /** what the file is written in; null: it says so itself; empty: it has to be chosen */
  encoding: Encoding | '' | null;
  columns: Column[];
  country: string;
}

export function emptyDraft(accountId: string, country: string): BroadcastDraft {
  return {
    name: '',
    accountId,
    says: 'message',
    message: '',
    subject: '',
    templateId: '',
    blanks: {},
    list: 'paste',
    pasted: '',
    file: null,
    head: null,
    encoding: null,
    columns: [],
    country,
  };
}

export function listIn({ list, pasted, file }: BroadcastDraft): File | null {
  return list === 'file' ? file : listOf(pasted);
}

export function mappingIn({ list, head, columns }: BroadcastDraft): Record<string, string> | undefined {
  return list === 'file' && head ? mappingOf(head.header, columns) : undefined;
}

export function encodingIn({ list, encoding }: BroadcastDraft): Encoding | undefined {
  return (list === 'file' && encoding) || undefined;
}

/** The names of what the list has for each recipient. */
export function variablesOf({ list, columns }: BroadcastDraft): string[] {
  if (list === 'paste') return [];
  return columns.flatMap((column) => {
    if (column === null || column === 'to') return [];
    return column === 'name' ? ['name', 'first_name'] : [column.variable];
  });
}

/** Whether what is filled in says who gets what. */
export function isComplete({ says, message, templateId, ...draft }: BroadcastDraft): boolean {
  const hasWords = says === 'message' ? message.trim() !== '' : templateId !== '';
  return hasWords && hasRecipients(draft);
}

function hasRecipients({
  list,
  pasted,
  file,
  head,
  encoding,
  columns,
}: Omit<BroadcastDraft, 'says' | 'message' | 'templateId'>) {
  if (list === 'paste') return recipientsIn(pasted).length > 0;
  return file !== null && encoding !== '' && (head === null || columns.includes('to'));
}

/** What is filled in as the API takes it, without its list. */
export function broadcastIn(
  draft: BroadcastDraft,
  { id, channel }: ChannelAccountRow,
  { template, hasNumbers }: { template: TemplateRow | undefined; hasNumbers: boolean },
): Omit<BroadcastToMake, 'audience'> {
  const { name, says, message, subject, blanks, country } = draft;
  const words = { message, format: 'markdown', ...(channel === 'email' && subject ? { subject } : {}) };
  return {
    channel,
    channel_account_id: id,
    content: says === 'template' && template ? { template: filledTemplate(template, blanks) } : words,
    ...(name.trim() ? { name: name.trim() } : {}),
    ...(hasNumbers && country ? { default_country: country.toUpperCase() } : {}),
  };
}
