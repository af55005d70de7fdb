import test from 'node:test';
import { whyNoPostfix } from './postfix.ts';

// The product against a real mail server. Not among `npm test`, which needs nothing that is not installed with the project.
const why = whyNoPostfix();
if (why === undefined) await import('./with-postfix.ts');
else test('the product and a Postfix', { skip: why }, () => {});
