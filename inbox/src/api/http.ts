/** Why a call gave nothing: the server could not be reached, or it refused and said why. */
export type Failure =
  | { kind: 'network' }
  | { kind: 'refused'; status: number; code: string; message: string; hint: string | null };

export type Result<T> = { ok: true; value: T } | { ok: false; failure: Failure };

export interface Request {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  body?: unknown;
  token?: string | null;
}

export type Call = <T>(request: Request) => Promise<Result<T>>;

/** Calls the server at `base` (empty: the page's own origin). Never throws. The answer's shape is the server's promise, not checked here. */
export function createCall(base = ''): Call {
  return async <T>(request: Request): Promise<Result<T>> => {
    try {
      const response = await fetch(base + request.path, requestInit(request));
      return response.ok ? { ok: true, value: (await readJson(response)) as T } : await refusal(response);
    } catch {
      return { ok: false, failure: { kind: 'network' } };
    }
  };
}

function requestInit({ method, body, token }: Request): RequestInit {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (token) headers['authorization'] = `Bearer ${token}`;
  return { method, headers, body: body === undefined ? null : JSON.stringify(body) };
}

async function refusal(response: Response): Promise<Result<never>> {
  const body = asRecord(await readJson(response).catch(() => null));
  const message = textIn(body, 'message') ?? textIn(body, 'error') ?? `HTTP ${response.status}`;
  const code = textIn(body, 'code') ?? String(response.status);
  const hint = textIn(body, 'hint') ?? null;
  return { ok: false, failure: { kind: 'refused', status: response.status, code, message, hint } };
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  return text === '' ? null : JSON.parse(text);
}

/** The members of a value that nobody has checked; none of what is no object. */
export function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function textIn(record: Record<string, unknown>, key: string): string | undefined {
  const value = record[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
