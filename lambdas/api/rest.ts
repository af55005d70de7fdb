import { tables } from '@parley/core/edge/tables.ts';
import type { TableName } from '@parley/core/edge/tables.ts';
import { credentialsOf, problemResponse } from '@parley/core/edge/http.ts';
import type { HttpRequest, HttpResponse } from '@parley/core/edge/http.ts';
import { authenticate } from '@parley/core/flows/access/authenticate.ts';
import type { Write } from './writing.ts';

interface Writing {
  methods: readonly string[];
  load: () => Promise<Write>;
}

/** The tables that can be written. What writes one is loaded with its first write. */
const writings: { [table in TableName]?: Writing } = {
  channel_accounts: {
    methods: ['POST', 'PATCH', 'DELETE'],
    load: async () => (await import('./channel-accounts.ts')).writeChannelAccounts,
  },
  broadcasts: {
    methods: ['POST', 'PATCH'],
    load: async () => (await import('./broadcasts.ts')).writeBroadcasts,
  },
  message_templates: {
    methods: ['POST', 'PATCH', 'DELETE'],
    load: async () => (await import('./library.ts')).writeMessageTemplates,
  },
  quick_replies: {
    methods: ['POST', 'PATCH', 'DELETE'],
    load: async () => (await import('./library.ts')).writeQuickReplies,
  },
  organization_settings: {
    methods: ['PATCH'],
    load: async () => (await import('./organization-settings.ts')).changeSettings,
  },
};

/** `/rest/v1/…`: tables as PostgREST serves them, and a few actions. */
export async function rest(request: HttpRequest, [name = '', ...further]: string[]): Promise<HttpResponse> {
  const principal = await authenticate(credentialsOf(request));
  if (!principal.ok) return problemResponse(principal.problem);
  const [action, ...beyond] = name === 'rpc' ? further : ['', ...further];
  if (beyond.length > 0) return nothingBelow(name, beyond);
  if (name === 'rpc') return (await import('./rpc.ts')).rpc(request, principal.value, action ?? '');
  if (name === 'changes') return (await import('./changes.ts')).changes(request, principal.value);
  if (!isTable(name)) return noTable(name);
  if (isReading(request)) return (await import('./read.ts')).read(request, principal.value, name);
  const writing = writings[name];
  if (writing?.methods.includes(request.method)) {
    const written = await (await writing.load())(request, principal.value);
    return written.ok ? written.value : problemResponse(written.problem);
  }
  return notWritten(name, request.method, writing?.methods ?? []);
}

/** One row of a table has no path of its own. */
function nothingBelow(name: string, [id = '']: string[]): HttpResponse {
  return problemResponse({
    status: 404,
    code: 'PGRST125',
    message: 'Invalid path specified in request URL',
    hint: isTable(name) ? `One row is found by a filter: /rest/v1/${name}?id=eq.${id}` : '/rest/v1/rpc/{action}',
  });
}

function noTable(name: string): HttpResponse {
  const hint = `Tables: ${Object.keys(tables).join(', ')}.`;
  return problemResponse({ status: 404, code: 'PGRST205', message: `There is no table '${name}'`, hint });
}

function notWritten(name: string, method: string, methods: readonly string[]): HttpResponse {
  return problemResponse({
    status: 405,
    code: 'PGRST117',
    message: `'${name}' can't be written with ${method}`,
    hint: `It takes ${['GET', 'HEAD', ...methods].join(', ')}. Messages are made by sends, and the rest by actions.`,
  });
}

function isTable(name: string): name is TableName {
  return Object.hasOwn(tables, name);
}

function isReading({ method }: HttpRequest): boolean {
  return method === 'GET' || method === 'HEAD';
}
