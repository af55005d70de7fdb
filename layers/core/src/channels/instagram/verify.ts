export { handshake, hints, names, verify } from '../shared/meta.ts';
