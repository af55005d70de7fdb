import { uploadRow } from '@parley/core/domain/upload-row.ts';
import { createUpload } from '@parley/core/flows/media/create-upload.ts';
import { mapped } from './action.ts';
import type { Action } from './action.ts';

/** How a client brings a file. */
export const actions = {
  create_upload: async (principal, body) => mapped(createUpload(principal, body), uploadRow),
} satisfies Record<string, Action>;
