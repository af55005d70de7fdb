import type { InferOutput } from 'valibot';
import { matching, object } from '../../domain/fields.ts';

/** What is sealed on the channel account: the bot's token, and the secret that Telegram sends back with each webhook. */
export const credentials = object({
  bot_token: matching(/^\d+:[A-Za-z0-9_-]+$/, "must be a bot's token, as in 123456:ABC-DEF"),
  secret_token: matching(/^[A-Za-z0-9_-]{1,256}$/, 'must have 1 to 256 of the characters A-Z, a-z, 0-9, _ and -'),
});
export type Credentials = InferOutput<typeof credentials>;
