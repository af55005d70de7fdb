import { registerHooks } from 'node:module';
import { picturesWith } from '@parley/core/flows/media/pictures.ts';

/** What was built for one kind of machine is not there, as on Lambda: sharp is its WebAssembly build. */
registerHooks({
  resolve(specifier, context, next) {
    if (/^@img\/sharp-(?!wasm32\/)/.test(specifier))
      throw Object.assign(new Error(`Cannot find package '${specifier}'`), { code: 'MODULE_NOT_FOUND' });
    return next(specifier, context);
  },
});

export const { default: sharp } = await import('sharp');

export const pictures = picturesWith(() => Promise.resolve(sharp));
