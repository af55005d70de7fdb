import type { Attachment } from './provider-api.ts';

/** What the customer sends: the file, with `words` as its caption. Rejects when the file can't be read. */
export async function attachmentOf(file: File, words: string): Promise<Attachment> {
  const mime = file.type || 'application/octet-stream';
  const type = (['image', 'video', 'audio'] as const).find((kind) => mime.startsWith(`${kind}/`)) ?? 'document';
  const caption = words.trim();
  return { type, url: await dataUrl(file), mime, filename: file.name, ...(caption && { caption }) };
}

function dataUrl(file: File): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const reader = new FileReader();
  reader.addEventListener('load', () => resolve(reader.result as string));
  reader.addEventListener('error', () => reject(new Error(`${file.name} can't be read`)));
  reader.readAsDataURL(file);
  return promise;
}
