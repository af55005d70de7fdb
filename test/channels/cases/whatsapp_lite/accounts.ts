export const secret = 'whs-1';
export const notify = { kind: 'notify', suit_id: 'suit 9', api_key: 'key-1', webhook_secret: secret };
export const gateway = { kind: 'gateway', session: 'store', api_key: 'key-2', webhook_secret: secret };
export const evolution = { kind: 'evolution', instance: 'store evo', api_key: 'key-3', webhook_secret: secret };
