import type { MessageWords } from './message-words.ts';
import { isolate } from './plural.ts';

export const englishMessage: MessageWords = {
  you: 'You:',
  voiceMessage: 'Voice message',
  asksForPlace: 'Asks for the location',
  named: (kind, name) => `${kind}: ${isolate(name)}`,
  reacted: (emoji) => `Reacted with ${emoji}`,
  waits: {
    scheduled: (until) => (until ? `Leaves ${isolate(until)}.` : 'Leaves later.'),
    account: () => 'Waits until the account is connected again.',
    quiet_hours: (until) => `Waits for the end of the quiet hours${until ? `: ${isolate(until)}` : ''}.`,
    window: (until) => `Waits until the customer writes again${until ? `, at most until ${isolate(until)}` : ''}.`,
    rate_limit: (until, perSecond) =>
      `The channel takes no more ${perSecond ? `than about ${isolate(perSecond)} a second` : 'for the moment'}${until ? `. Goes on ${isolate(until)}` : ''}.`,
    retry: (until) => `The provider could not take it. Tried again ${until ? isolate(until) : 'soon'}.`,
    media: () => 'The file is being made ready.',
    template: (until) => `The provider holds the template back${until ? `. Tried again ${isolate(until)}` : ''}.`,
  },
  otherwise: null,
  withheld: {
    im_receive_msg_eu: 'A customer in Europe wrote. TikTok shows the message only in its app.',
    ephemeral: 'A photo or video to be seen once, in the Instagram app only',
  },
};
