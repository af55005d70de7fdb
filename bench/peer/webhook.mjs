// What the measurements compare with: a WhatsApp webhook made with Vercel's Chat SDK and its Redis state, as its documentation shows it.
import { createRedisState } from '@chat-adapter/state-redis';
import { createWhatsAppAdapter } from '@chat-adapter/whatsapp';
import { Chat, ConsoleLogger } from 'chat';

// It writes nothing, though Parley's function writes its line per webhook.
const logger = new ConsoleLogger('silent');
const chat = new Chat({
  userName: 'bench',
  adapters: {
    whatsapp: createWhatsAppAdapter({
      accessToken: process.env.WHATSAPP_ACCESS_TOKEN ?? 'none',
      appSecret: process.env.WHATSAPP_APP_SECRET ?? 'none',
      phoneNumberId: process.env.WHATSAPP_PHONE_NUMBER_ID ?? 'none',
      verifyToken: 'none',
      logger,
    }),
  },
  state: createRedisState({ url: process.env.REDIS_URL ?? 'redis://127.0.0.1:6379', logger }),
  logger,
});

let handled = 0;
chat.onDirectMessage(() => {
  handled += 1;
});

/** Answers when the message has been through its handler: the SDK leaves that to `waitUntil`. */
export async function handle(request) {
  const tasks = [];
  const response = await chat.webhooks.whatsapp(request, { waitUntil: (task) => tasks.push(task) });
  await Promise.all(tasks);
  return response;
}

/** How many messages reached the handler. */
export function count() {
  return handled;
}
