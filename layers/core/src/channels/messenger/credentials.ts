import type { InferOutput } from 'valibot';
import { object, text } from '../../domain/fields.ts';

/** The page's token. The secrets that sign webhooks belong to the application. */
export const credentials = object({ access_token: text(1) });
export type Credentials = InferOutput<typeof credentials>;
