import { useEffect, useRef, useState } from 'react';
import type { Failure } from '../api/http.ts';
import { putFile } from '../api/upload.ts';
import { useDesk } from '../inbox/desk-context.ts';

/** A file beside the message that is being written. */
export interface Attachment {
  key: number;
  file: File;
  /** of a picture: where the browser finds it */
  preview: string | null;
  state:
    | { phase: 'uploading'; part: number }
    | { phase: 'ready'; uploadId: string }
    | { phase: 'sending'; uploadId: string }
    | { phase: 'failed'; trouble: Failure | 'too large' };
}

export const MOST_BYTES = 100 * 1024 * 1024;

let lastKey = 0;

export type Attachments = ReturnType<typeof useAttachments>;

/** The files of one composer. Each is brought at once, while the words are still being written. */
export function useAttachments() {
  const desk = useDesk();
  const [attachments, setAttachments] = useState<readonly Attachment[]>([]);
  const running = useRef(new Map<number, AbortController>());
  useEffect(() => {
    const uploads = running.current;
    return () => uploads.forEach((upload) => upload.abort());
  }, []);

  function setState(key: number, state: Attachment['state']): void {
    setAttachments((all) => all.map((one) => (one.key === key ? { ...one, state } : one)));
  }

  function add(files: File[]): void {
    const added = files.map(attachmentOf);
    setAttachments((all) => [...all, ...added]);
    for (const one of added) if (one.state.phase === 'uploading') void bring(one);
  }

  async function bring({ key, file }: Attachment): Promise<void> {
    const abort = new AbortController();
    running.current.set(key, abort);
    const { name: filename, type: mime, size } = file;
    const ticket = await desk.client.createUpload({ filename, mime, size });
    const onProgress = (part: number) => setState(key, { phase: 'uploading', part });
    const put = ticket.ok ? await putFile(ticket.value, file, { onProgress, signal: abort.signal }) : ticket;
    running.current.delete(key);
    if (!put.ok) setState(key, { phase: 'failed', trouble: put.failure });
    else if (ticket.ok) setState(key, { phase: 'ready', uploadId: ticket.value.upload_id });
  }

  function remove(key: number): void {
    running.current.get(key)?.abort();
    const preview = attachments.find((one) => one.key === key)?.preview;
    if (preview) URL.revokeObjectURL(preview);
    setAttachments((all) => all.filter((one) => one.key !== key));
  }

  function again(attachment: Attachment): void {
    setState(attachment.key, { phase: 'uploading', part: 0 });
    void bring(attachment);
  }

  return { attachments, add, remove, again, setState };
}

function attachmentOf(file: File): Attachment {
  const preview = /^image\/(png|jpeg|gif|webp|avif)$/.test(file.type) ? URL.createObjectURL(file) : null;
  const tooLarge = file.size > MOST_BYTES || file.size === 0;
  const state = tooLarge
    ? ({ phase: 'failed', trouble: 'too large' } as const)
    : ({ phase: 'uploading', part: 0 } as const);
  return { key: ++lastKey, file, preview, state };
}
