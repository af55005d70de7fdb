export { read } from '../shared/meta-wire.ts';
