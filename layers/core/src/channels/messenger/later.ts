/** What no webhook of Messenger needs. */
export { act } from './act.ts';
export { capabilities } from './capabilities.ts';
export { credentials } from './credentials.ts';
export { check } from './limits.ts';
export { locateMedia } from './media.ts';
export { oauth } from './oauth.ts';
export { options } from './options.ts';
export { probe } from './probe.ts';
export { profile } from './profile.ts';
export { send } from './send.ts';
export { subscribe, unsubscribe } from './subscribe.ts';
