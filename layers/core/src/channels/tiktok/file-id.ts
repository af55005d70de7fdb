/** Everything that TikTok wants to know before it gives a link to a file. */
export interface FilePlace {
  kind: 'IMAGE' | 'VIDEO';
  conversation: string;
  message: string;
  media: string;
}

/** One text for all of it: the file is fetched later, by something that knows only this. */
export function fileIdOf({ kind, conversation, message, media }: FilePlace): string {
  return JSON.stringify([kind, conversation, message, media]);
}

/** Undefined when it is none of ours. */
export function parseFileId(id: string): FilePlace | undefined {
  const parts = partsOf(id);
  const [kind, conversation, message, media] = parts;
  if ((kind !== 'IMAGE' && kind !== 'VIDEO') || parts.length !== 4) return undefined;
  return { kind, conversation: String(conversation), message: String(message), media: String(media) };
}

function partsOf(id: string): unknown[] {
  try {
    const parts: unknown = JSON.parse(id);
    return Array.isArray(parts) ? parts : [];
  } catch {
    return [];
  }
}
