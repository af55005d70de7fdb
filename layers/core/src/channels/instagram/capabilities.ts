import { alike, file, image, type MetaCapabilities } from '../shared/meta-capabilities.ts';

/** The Instagram messaging API ("Send messages", media; "Overview", rate limits). */
export const capabilities: MetaCapabilities = {
  ...alike,
  text: { max: 1000, unit: 'bytes' },
  media: {
    image: { types: ['image/png', 'image/jpeg', 'image/gif'], ...image },
    video: { types: ['video/mp4', 'video/ogg', 'video/x-msvideo', 'video/quicktime', 'video/webm'], ...file },
    audio: {
      types: ['audio/aac', 'audio/mp4', 'audio/wav'],
      ...file,
    },
    document: { types: ['application/pdf'], ...file },
  },
  template: false,
  reaction: 'some',
  /** `love` is the one reaction that is documented */
  reactions: ['❤'],
  rates: [
    { per: 'second', scope: 'account', count: 100 },
    { per: 'second', scope: 'account', of: ['audio', 'video'], count: 10 },
  ],
};
