import { useState } from 'react';
import type { Media } from '../api/rows.ts';
import { useWords } from '../i18n/language.tsx';
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
  media: Media | null;
  caption: string | null;
}

/** A file: shown or played once its bytes are there, told about before, and when they could not be had. */
export function MediaBody({ kind, media, caption }: Props) {
  const { text } = useWords();
  const [broken, setBroken] = useState(false);
  const url = media?.status === 'ready' && media.url ? webUrl(new URL(media.url, location.href).href) : null;
  const failed = broken || media === null || media.status === 'failed';
  if (media?.status === 'pending') return <Placeholder kind={kind} state="pending" words={text.mediaPending} />;
  if (failed || url === null)
    return <Placeholder kind={kind} state="failed" words={media?.error || text.mediaFailed} />;
  const label = caption || media.filename || text.bodies[kind];
  const onError = (): void => setBroken(true);
  switch (kind) {
    case 'image':
    case 'sticker':
      return (
        <a className={`media-image ${kind}`} href={url} target="_blank" rel="noopener noreferrer" data-media="ready">
          <img src={url} alt={label} loading="lazy" decoding="async" onError={onError} />
        </a>
      );
    case 'video':
      return (
        <video
          className="media-video"
          src={url}
          controls
          preload="metadata"
          aria-label={label}
          onError={onError}
          data-media="ready"
        />
      );
    case 'audio':
      return (
        <audio
          className="media-audio"
          src={url}
          controls
          preload="metadata"
          aria-label={label}
          onError={onError}
          data-media="ready"
        />
      );
    case 'document':
      return <DocumentLink url={url} media={media} />;
  }
}

function Placeholder({ kind, state, words }: { kind: MediaKind; state: 'pending' | 'failed'; words: string }) {
  const { text } = useWords();
  return (
    <div className={`media-placeholder ${kind}`} data-media={state}>
      <Icon name={state === 'failed' ? 'alert' : icons[kind]} />
      <span>
        <strong>{text.bodies[kind]}</strong>
        <span dir="auto">{words}</span>
      </span>
    </div>
  );
}

function DocumentLink({ url, media }: { url: string; media: Media }) {
  const { text, format } = useWords();
  const facts = [media.mime, media.size === null ? null : format.bytes(media.size)].filter((fact) => fact !== null);
  return (
    <a className="media-document" href={url} target="_blank" rel="noopener noreferrer" data-media="ready">
      <Icon name="file" />
      <span>
        <bdi className="filename">{media.filename || text.bodies.document}</bdi>
        <small className="quiet">
          {facts.map((fact) => (
            <bdi key={fact}>{fact}</bdi>
          ))}
        </small>
      </span>
    </a>
  );
}
