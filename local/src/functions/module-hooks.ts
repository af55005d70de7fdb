import { existsSync } from 'node:fs';
import { isBuiltin, registerHooks, type ResolveFnOutput, type ResolveHookContext } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { WorkerSettings } from './protocol.ts';

type Next = (specifier: string, context?: Partial<ResolveHookContext>) => ResolveFnOutput;

/** Packages that Lambda's Node runtime brings: on one machine they come from this project's node_modules. */
const RUNTIME_PACKAGE = /^@(aws-sdk|smithy)\//;

/**
 * Imports of a function resolve as on Lambda: `/opt/` is the layers (a later one wins), the AWS SDK is the runtime's,
 * and any other package must be inside the bundle or a layer, even if this machine has it in a folder above.
 */
export function useLambdaModules({ codeDir, layerDirs }: WorkerSettings): void {
  const roots = [codeDir, ...layerDirs].map((folder) => pathToFileURL(join(folder, '/')).href);
  const isOurs = (url: string | undefined) => url !== undefined && roots.some((root) => url.startsWith(root));
  registerHooks({
    resolve(specifier: string, context: ResolveHookContext, next: Next) {
      if (specifier.startsWith('/opt/')) return next(layerUrl(specifier, layerDirs), context);
      if (!isOurs(context.parentURL) || !isBare(specifier)) return next(specifier, context);
      if (RUNTIME_PACKAGE.test(specifier)) return next(specifier, { ...context, parentURL: import.meta.url });
      const resolved = next(specifier, context);
      if (!isOurs(resolved.url)) throw notFound(specifier, context.parentURL);
      return resolved;
    },
  });
}

function layerUrl(specifier: string, layerDirs: readonly string[]): string {
  const path = specifier.slice('/opt/'.length);
  const file = layerDirs.map((folder) => join(folder, path)).findLast(existsSync);
  if (file === undefined) throw notFound(specifier, undefined);
  return pathToFileURL(file).href;
}

function isBare(specifier: string): boolean {
  return !/^([./#]|[a-z]+:)/i.test(specifier) && !isBuiltin(specifier);
}

function notFound(specifier: string, importer: string | undefined): Error {
  const error = new Error(
    `Cannot find package '${specifier}'${importer === undefined ? '' : ` imported from ${importer}`}`,
  );
  return Object.assign(error, { code: 'ERR_MODULE_NOT_FOUND' });
}
