import { loadChannel } from '@parley/core/channels/registry.ts';
import { previewMessage } from '@parley/core/flows/templates/preview.ts';
import { syncTemplates } from '@parley/core/flows/templates/sync.ts';
import { mapped } from './action.ts';
import type { Action } from './action.ts';
import { previewRow } from './preview-rows.ts';

/** What is asked of templates, and of what they would become. */
export const actions = {
  preview_message: async (principal, body) =>
    mapped(await previewMessage(loadChannel, principal, body), (previews) => previews.map(previewRow)),
  sync_templates: (principal, body) => syncTemplates(loadChannel, principal, body),
} satisfies Record<string, Action>;
