import type { TableSchema } from '../postgrest/query.ts';
import { json, text, time } from './column-types.ts';

/** What messages are written with. */
export const libraryTables = {
  templates: {
    name: 'templates',
    columns: {
      id: text,
      organization_id: text,
      channel_account_id: text,
      name: text,
      language: text,
      status: text,
      category: text,
      quality: text,
      reason: text,
      header: json,
      body: text,
      footer: text,
      buttons: json,
      updated_at: time,
    },
    bareFilters: ['channel_account_id', 'name', 'language', 'status'],
    words: { status: ['APPROVED', 'PENDING', 'REJECTED', 'PAUSED', 'DISABLED', 'DELETED'] },
  },
  message_templates: {
    name: 'message_templates',
    columns: {
      id: text,
      organization_id: text,
      name: text,
      channels: 'text[]',
      content: json,
      defaults: json,
      variables: 'text[]',
      created_at: time,
      updated_at: time,
    },
    bareFilters: ['name'],
  },
  quick_replies: {
    name: 'quick_replies',
    columns: {
      id: text,
      organization_id: text,
      shortcut: text,
      title: text,
      message: text,
      channels: 'text[]',
      variables: 'text[]',
      created_at: time,
      updated_at: time,
    },
    bareFilters: ['shortcut'],
  },
} as const satisfies Record<string, TableSchema>;
