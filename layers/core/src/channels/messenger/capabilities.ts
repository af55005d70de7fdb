import { alike, file, image, type MetaCapabilities } from '../shared/meta-capabilities.ts';

/** The Send API of the Messenger Platform. Audio and video have a rate of their own ("Rate limiting"). */
export const capabilities: MetaCapabilities = {
  ...alike,
  text: { max: 2000, unit: 'utf16' },
  media: {
    image: { types: ['image/png', 'image/jpeg', 'image/gif', 'image/webp'], ...image },
    video: { types: ['video/*'], ...file },
    audio: { types: ['audio/*'], ...file },
    document: { types: ['*'], ...file },
  },
  template: true,
  reaction: 'any',
  rates: [
    { per: 'second', scope: 'account', count: 300 },
    { per: 'second', scope: 'account', of: ['audio', 'video'], count: 10 },
  ],
};
