export { delivery, read } from '../shared/meta-wire.ts';
