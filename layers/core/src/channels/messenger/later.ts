/** What no webhook of Messenger needs. */
export { act, probe, profile, subscribe, unsubscribe } from './account.ts';
export { capabilities } from './capabilities.ts';
export { credentials } from './credentials.ts';
export { check } from './limits.ts';
export { locateMedia } from './media.ts';
export { oauth } from './oauth.ts';
export { options } from './options.ts';
export { send } from './send.ts';
