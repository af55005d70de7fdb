import { useState } from 'react';
import type { Media } from '../api/message-parts.ts';
import { useWords } from '../i18n/language.tsx';
import { useDesk } from '../inbox/desk-context.ts';
import { rereadMessage } from '../sync/thread.ts';
import { webUrl } from '../text/links.ts';
import { Icon, type IconName } from '../ui/icons.tsx';

type MediaKind = 'image' | 'video' | 'audio' | 'document' | 'sticker';

const icons: Record<MediaKind, IconName> = {
  image: 'image',
  video: 'play',
  audio: 'sound',
  document: 'file',
  sticker: 'image',
};

interface Props {
  kind: MediaKind;
  messageId: string;
  media: Media | null;
  caption: string | null;
  /** we sent it */
  ours: boolean;
}

/** A file: shown or played once its bytes are there, told about before, and when they could not be had. What the browser can't show is linked. */
export function MediaBody({ kind, messageId, media, caption, ours }: Props) {
  const { text } = useWords();
  const { url, broken, onError } = useFileUrl(media, messageId);
  const thumbnail = useFileUrl(
    media && hasStill(kind, media) ? { ...media, url: media.thumbnail_url ?? null } : null,
    messageId,
  );
  if (media?.status === 'pending' && (url === null || broken))
    return <Placeholder kind={kind} state="pending" words={ours ? text.mediaPreparing : text.mediaPending} />;
  if (media === null || url === null)
    return <Placeholder kind={kind} state="failed" words={text.mediaFailed} said={media?.error} />;
  if (broken) return <FileLink kind={kind} url={url} media={media} />;
  const label = caption || media.filename || text.bodies[kind];
  const player = { src: url, controls: true, preload: 'metadata', 'aria-label': label, onError, 'data-media': 'ready' };
  switch (kind) {
    case 'image':
    case 'sticker':
      return (
        <a className={`media-image ${kind}`} href={url} target="_blank" rel="noopener noreferrer" data-media="ready">
          {thumbnail.url === null || thumbnail.broken ? (
            <img src={url} alt={label} loading="lazy" decoding="async" onError={onError} />
          ) : (
            <img src={thumbnail.url} alt={label} loading="lazy" decoding="async" onError={thumbnail.onError} />
          )}
        </a>
      );
    case 'video':
      return <video className="media-video" {...player} />;
    case 'audio':
      return <audio className="media-audio" {...player} />;
    case 'document':
      return <FileLink kind={kind} url={url} media={media} />;
  }
}

/**
 * Links to files are good for a while only: the first that fails is asked for anew. Until then it is kept, though every reading of the message
 * brings another link to the same file, or what plays would start over.
 */
function useFileUrl(
  media: Media | null,
  messageId: string,
): { url: string | null; broken: boolean; onError: () => void } {
  const desk = useDesk();
  const fresh = media?.status !== 'failed' && media?.url ? webUrl(new URL(media.url, location.href).href) : null;
  const [url, setUrl] = useState(fresh);
  const [failed, setFailed] = useState<string | null>(null);
  if (url !== fresh && (url === failed || !isSameFile(url, fresh))) setUrl(fresh);
  function onError(): void {
    if (failed === null) void rereadMessage(desk, messageId);
    setFailed(url);
  }
  return { url, broken: url !== null && failed === url, onError };
}

/** A thumbnail stands still: what may move is shown itself. */
function hasStill(kind: MediaKind, media: Media): boolean {
  return kind === 'image' && media.status === 'ready' && media.mime !== 'image/gif';
}

function isSameFile(one: string | null, other: string | null): boolean {
  return one?.split('?')[0] === other?.split('?')[0];
}

interface PlaceholderProps {
  kind: MediaKind;
  state: 'pending' | 'failed';
  words: string;
  /** why, as the server says it */
  said?: string | null | undefined;
}

function Placeholder({ kind, state, words, said }: PlaceholderProps) {
  const { text } = useWords();
  return (
    <div className={`media-placeholder ${kind}`} title={said ?? undefined} data-media={state}>
      <Icon name={state === 'failed' ? 'alert' : icons[kind]} />
      <span>
        <strong>{text.bodies[kind]}</strong>
        <span dir="auto">{words}</span>
      </span>
    </div>
  );
}

function FileLink({ kind, url, media }: { kind: MediaKind; url: string; media: Media }) {
  const { text, format } = useWords();
  const facts = [formOf(media), media.size === null ? null : format.bytes(media.size)].filter((fact) => fact !== null);
  return (
    <a className="media-document" href={url} target="_blank" rel="noopener noreferrer" data-media="ready">
      <Icon name={icons[kind]} />
      <span>
        <bdi className="filename">{media.filename || text.bodies[kind]}</bdi>
        <small className="quiet">
          {facts.map((fact) => (
            <bdi key={fact}>{fact}</bdi>
          ))}
        </small>
      </span>
    </a>
  );
}

/** What form of file it is, as people say it: PDF. */
function formOf({ filename, mime }: Media): string | null {
  return /\.([a-z\d]{1,5})$/i.exec(filename ?? '')?.[1]?.toUpperCase() ?? mime;
}
