import { parseJson } from '../json.ts';

/** One route: `$connect`, `$disconnect`, `$default` or a key. `responds` when the template has a route response for it. */
export type SocketRoute = { key: string; functionName: string; responds?: boolean };

/** The route of a fixed key, such as `$connect`. */
export function routeOf(routes: readonly SocketRoute[], key: string): SocketRoute | undefined {
  return routes.find((route) => route.key === key);
}

/**
 * The route of a message: the value of `$request.body.<path>`, else `$default`. A body that isn't a JSON object has no
 * such value, and the three keys that begin with `$` can't be named by a client.
 */
export function selectRoute(
  routes: readonly SocketRoute[],
  routeSelectionExpression: string,
  body: string,
): SocketRoute | undefined {
  const key = evaluate(routeSelectionExpression, body);
  const named = key === undefined || key.startsWith('$') ? undefined : routeOf(routes, key);
  return named ?? routeOf(routes, '$default');
}

function evaluate(expression: string, body: string): string | undefined {
  const path = /^\$\{?request\.body\.([\w.-]+)\}?$/.exec(expression)?.[1];
  if (path === undefined) return undefined;
  let value = parseJson(body);
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, name))
      return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
}
