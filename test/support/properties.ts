import fc from 'fast-check';

/**
 * fast-check, with one seed in `npm test` (test/test.env): what it draws there is the same every time, so a change is judged by itself and not by chance.
 * A file that is run by itself draws anew, and so does the whole suite with `PROPERTY_SEED= npm test`; a counterexample found so is pinned by `examples`.
 */
const { PROPERTY_SEED } = process.env;

if (PROPERTY_SEED) fc.configureGlobal({ seed: Number(PROPERTY_SEED) });

export { fc };
