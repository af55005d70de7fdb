import { filledText, number, object } from '../shared/read.ts';

/** How long Instagram has for an answer about a token. */
export const TIMEOUT_MS = 10_000;

/** Answer to a code: good for an hour. */
export const first = object({ access_token: filledText });

/** Answer to an exchange or a refresh; `expires_in` in seconds. */
export const lasting = object({ access_token: filledText, expires_in: number });
