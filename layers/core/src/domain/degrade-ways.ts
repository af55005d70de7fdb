import type { MediaKind } from './body.ts';
import type { InteractiveKind } from './degrade-interactive.ts';
import type { Able } from './degrade.ts';

/** In what form something reaches the customer. */
export type Way = 'as_is' | 'numbered_text' | 'text' | 'map_link' | 'image' | 'refused';

/** Every kind of message that can be sent. */
export type Kind = 'text' | MediaKind | InteractiveKind | 'location' | 'contacts' | 'template' | 'reaction' | 'email';

/** How each kind of message goes through a channel: what `degrade` makes of one that is within the channel's limits. */
export function waysOf(can: Able & { reaction: 'any' | 'some' | 'none' }): Record<Kind, Way> {
  return {
    text: 'as_is',
    ...mediaWays(can),
    buttons: can.interactive.buttons ? 'as_is' : 'numbered_text',
    quick_replies: can.interactive.quick_replies ? 'as_is' : 'numbered_text',
    list: can.interactive.list ? 'as_is' : 'numbered_text',
    link_button: can.interactive.link_button ? 'as_is' : 'text',
    carousel: can.interactive.carousel ? 'as_is' : 'numbered_text',
    location_request: can.interactive.location_request ? 'as_is' : 'text',
    location: can.location ? 'as_is' : 'map_link',
    contacts: can.contacts > 0 ? 'as_is' : 'text',
    template: can.template ? 'as_is' : 'refused',
    reaction: can.reaction === 'none' ? 'refused' : 'as_is',
    email: can.mail ? 'as_is' : 'text',
  };
}

function mediaWays({ media }: Able): Record<MediaKind, Way> {
  const way = (kind: MediaKind): Way => (media[kind] ? 'as_is' : 'refused');
  return {
    image: way('image'),
    video: way('video'),
    audio: way('audio'),
    document: way('document'),
    sticker: media.sticker ? 'as_is' : media.image ? 'image' : 'refused',
  };
}
