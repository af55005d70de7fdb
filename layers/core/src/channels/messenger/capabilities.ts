import { alike, file, image, type MetaCapabilities } from '../shared/meta-capabilities.ts';

/** The Send API of the Messenger Platform. Its rate is that of texts and links ("Rate limiting"). */
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
  rates: [{ per: 'second', scope: 'account', count: 300 }],
};
