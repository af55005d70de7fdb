export { delivery, place, read } from '../shared/meta-wire.ts';
