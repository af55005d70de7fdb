/** One route of the API: method is `ANY` or an HTTP method, path is `/a/{name}`, `/a/{rest+}` or `$default`. */
export type HttpRoute = { method: string; path: string; functionName: string };

/** The chosen route with its key as the event carries it, and the decoded path parameters. */
export type RouteMatch = { route: HttpRoute; routeKey: string; pathParameters: Record<string, string> };

/**
 * The route for a decoded path. Full match first, then the greedy `{proxy+}`, then `$default`; at equal paths a
 * specific method beats ANY (Developer Guide, "Routing API requests").
 */
export function selectRoute(routes: readonly HttpRoute[], method: string, path: string): RouteMatch | undefined {
  const candidates = routes
    .filter((route) => route.path === '$default' || route.method === 'ANY' || route.method === method)
    .map((route) => ({ route, pathParameters: matchPath(route.path, path) }))
    .filter((candidate) => candidate.pathParameters !== undefined)
    .toSorted((one, other) => compareRoutes(one.route, other.route));
  const best = candidates[0];
  if (best?.pathParameters === undefined) return undefined;
  return { route: best.route, routeKey: routeKey(best.route), pathParameters: best.pathParameters };
}

/** True when any route covers this path, whatever its method. */
export function hasPath(routes: readonly HttpRoute[], path: string): boolean {
  return routes.some((route) => matchPath(route.path, path) !== undefined);
}

/** The path as HTTP APIs see it: decoded before routing, so `%2F` separates segments. Bad escapes stay as they are. */
export function decodePath(rawPath: string): string {
  try {
    return decodeURIComponent(rawPath);
  } catch {
    return rawPath;
  }
}

function routeKey(route: HttpRoute): string {
  return route.path === '$default' ? '$default' : `${route.method} ${route.path}`;
}

function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  if (pattern === '$default') return {};
  const segments = path.split('/');
  const parameters: Record<string, string> = {};
  for (const [index, part] of pattern.split('/').entries()) {
    const name = /^\{(.+?)(\+?)\}$/.exec(part);
    const segment = segments[index];
    if (name?.[2] === '+') return matchGreedy(parameters, name[1], segments.slice(index).join('/'));
    if (segment === undefined || (name ? segment === '' : segment !== part)) return undefined;
    if (name?.[1] !== undefined) parameters[name[1]] = segment;
  }
  return segments.length === pattern.split('/').length ? parameters : undefined;
}

function matchGreedy(parameters: Record<string, string>, name: string | undefined, rest: string) {
  return rest === '' || name === undefined ? undefined : { ...parameters, [name]: rest };
}

function compareRoutes(one: HttpRoute, other: HttpRoute): number {
  return (
    pathRank(one.path).localeCompare(pathRank(other.path)) ||
    Number(one.method === 'ANY') - Number(other.method === 'ANY')
  );
}

// One digit per segment: literal 0, variable 1, greedy 2; $default after all. Greedy anywhere ranks after every full match.
function pathRank(path: string): string {
  if (path === '$default') return '9';
  const digits = path.split('/').map((part) => (part.endsWith('+}') ? '2' : part.startsWith('{') ? '1' : '0'));
  return (digits.includes('2') ? '1' : '0') + digits.join('');
}
