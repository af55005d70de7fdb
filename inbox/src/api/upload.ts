import type { Result } from './http.ts';
import type { UploadTicket } from './rows.ts';

/** Brings a file to where its ticket says, telling how much of it (0 to 1) has left. `fetch` does not tell, so this is the older way. */
export function putFile(
  { method, url, headers }: UploadTicket,
  file: File,
  { onProgress, signal }: { onProgress: (part: number) => void; signal: AbortSignal },
): Promise<Result<void>> {
  const { promise, resolve } = Promise.withResolvers<Result<void>>();
  const request = new XMLHttpRequest();
  request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0));
  request.addEventListener('load', () => resolve(answerOf(request.status)));
  for (const end of ['error', 'abort', 'timeout'])
    request.addEventListener(end, () => resolve({ ok: false, failure: { kind: 'network' } }));
  signal.addEventListener('abort', () => request.abort());
  request.open(method, url);
  for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
  request.send(file);
  return promise;
}

function answerOf(status: number): Result<void> {
  if (status >= 200 && status < 300) return { ok: true, value: undefined };
  const failure = { kind: 'refused' as const, status, code: String(status), message: `HTTP ${status}`, hint: null };
  return { ok: false, failure };
}
