import { getCompileCacheDir } from 'node:module';
import { dirname } from 'node:path';

/** What a worker's environment needs so that it, too, reads compiled modules from the cache that this process uses. */
export function compileCacheVariables(): Record<string, string> {
  const folder = getCompileCacheDir();
  // node appends its version to the folder it is given
  return folder === undefined ? {} : { NODE_COMPILE_CACHE: dirname(folder) };
}
