import { useEffect, useState, type SyntheticEvent } from 'react';
import type { MailPart } from '../api/message-parts.ts';
import { useWords } from '../i18n/language.tsx';
import { hasPicturesElsewhere, pageOf } from './mail-page.ts';

/**
 * The mail's own HTML in a frame where nothing runs, as high as the mail is; `allow-same-origin` lets us measure that, and gives the mail nothing as long as
 * `allow-scripts` is not beside it. What lies elsewhere is not asked for until the agent wants it: it tells the sender.
 */
export function MailFrame({ mail }: { mail: MailPart }) {
  const { text } = useWords();
  const [html, setHtml] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);
  const [pictures, setPictures] = useState(false);
  const url = mail.html?.url ?? null;
  useEffect(() => {
    const abort = new AbortController();
    if (url !== null)
      readText(url, abort.signal).then(setHtml, () => {
        if (!abort.signal.aborted) setFailed(true);
      });
    return () => abort.abort();
  }, [url]);
  if (failed) return <p className="body-label">{text.mail.mailUnreadable}</p>;
  if (html === null) return <p className="body-label">{text.loading}</p>;
  return (
    <>
      {!pictures && hasPicturesElsewhere(html) && (
        <button type="button" className="link-button" onClick={() => setPictures(true)}>
          {text.mail.showPictures}
        </button>
      )}
      <iframe
        className="mail-frame"
        title={text.mail.designedMail}
        sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
        srcDoc={pageOf(html, { files: mail.attachments, pictures })}
        onLoad={fit}
        data-testid="mail-frame"
      />
    </>
  );
}

/** The style sheet says how high at most; then the mail scrolls. */
function fit({ currentTarget: frame }: SyntheticEvent<HTMLIFrameElement>): void {
  const page = frame.contentDocument?.documentElement;
  if (page) frame.style.blockSize = `${Math.ceil(page.getBoundingClientRect().height)}px`;
}

async function readText(url: string, signal: AbortSignal): Promise<string> {
  const response = await fetch(url, { signal });
  if (!response.ok) throw new Error(`the file was answered ${response.status}`);
  return response.text();
}
