import { optionsWith, typeOptions } from '../shared/meta-options.ts';

/** What only Instagram knows of a send. */
export const options = optionsWith(typeOptions);
