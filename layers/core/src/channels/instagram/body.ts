import type { Body } from '../../domain/body.ts';
import { attachedReader, readShare } from '../shared/meta-attachments.ts';
import type { Attachment } from '../shared/meta-attachments-wire.ts';

/** What an Instagram message may carry ("Webhook examples"). */
export const attached = attachedReader({
  media: readShare,
  story: readShare,
  ig_story: readShare,
  story_mention: readMention,
  ephemeral: readEphemeral,
});

/** A story's picture may not be kept, and its link ends with the story: the words say it, the link leads there while it lasts. */
function readMention({ payload }: Attachment): Body {
  const url = payload?.['url'];
  const words = ['Mentioned you in a story', ...(typeof url === 'string' && url !== '' ? [url] : [])];
  return { type: 'system', event: 'story_mention', text: words.join(': ') };
}

function readEphemeral(attachment: Attachment): Body {
  const text = 'A photo or video to be seen once, in the Instagram app only';
  return { type: 'unsupported', providerType: attachment.type, text, raw: attachment };
}
