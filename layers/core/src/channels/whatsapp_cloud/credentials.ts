import type { InferOutput } from 'valibot';
import { object, text } from '../../domain/fields.ts';

/** What is sealed on the channel account. The secrets that sign webhooks belong to the application. */
export const credentials = object({ access_token: text(1) });
export type Credentials = InferOutput<typeof credentials>;
