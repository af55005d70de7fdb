import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { LambdaContext } from './lambda-context.ts';
import type { WorkerSettings } from './protocol.ts';

export type LambdaHandler = (event: unknown, context: LambdaContext) => unknown;

class StartError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = `Runtime.${name}`;
  }
}

/**
 * The exported function that `handler` names (`index.handler`). Throws what the nodejs24.x runtime reports when a
 * function does not start: no such module, a syntax error, no such export, or a handler that takes a callback.
 */
export async function loadHandler({ codeDir, handler }: WorkerSettings): Promise<LambdaHandler> {
  const [moduleName = '', ...exportPath] = basename(handler).split('.');
  const file = moduleFile(join(codeDir, dirname(handler), moduleName));
  let found: unknown = await importModule(file);
  for (const name of exportPath) found = (found as Record<string, unknown> | undefined)?.[name];
  return checkHandler(found, handler);
}

function moduleFile(path: string): string {
  const file = ['.js', '.mjs', '.cjs'].map((extension) => path + extension).find(existsSync);
  if (file === undefined) throw new StartError('ImportModuleError', `Error: Cannot find module '${basename(path)}'`);
  return file;
}

async function importModule(file: string): Promise<unknown> {
  try {
    return await import(pathToFileURL(file).href);
  } catch (error) {
    if (error instanceof SyntaxError) throw new StartError('UserCodeSyntaxError', String(error));
    if (isNotFound(error)) throw new StartError('ImportModuleError', String(error));
    throw error;
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^(ERR_)?MODULE_NOT_FOUND$/.test(String(error.code));
}

function checkHandler(found: unknown, name: string): LambdaHandler {
  if (typeof found !== 'function') throw new StartError('HandlerNotFound', `${name} is undefined or not exported`);
  if (found.length > 2) {
    const message = `${name} takes a callback: the runtime supports async handlers only since Node.js 24`;
    throw new StartError('CallbackHandlerDeprecated', message);
  }
  return found as LambdaHandler;
}
