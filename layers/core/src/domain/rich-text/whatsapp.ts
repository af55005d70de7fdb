export { fromWhatsApp } from './from-whatsapp.ts';
export { toWhatsApp } from './to-whatsapp.ts';
