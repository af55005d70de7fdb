import type { Email } from 'postal-mime';
import { headerOf, withoutMarks } from './headers.ts';

const SUBJECT =
  /^\[?(?:automatic reply|auto[- ]?reply|auto[- ]?response|autoreply|out of (?:the )?office|abwesenheitsnotiz|automatische antwort|réponse automatique|respuesta automática|risposta automatica|automatisch antwoord|(?:ال)?رد (?:ال)?تلقائي|(?:ال)?رد (?:ال)?[آا]لي|(?:ال)?[إا]جابة (?:ال)?تلقائية|(?:أنا |انا )?خارج المكتب)(?!\p{L})/iu;
const MACHINE = /^(?:mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?)(?:[+@-]|$)/i;

/** Whether a machine wrote it (RFC 3834, and what programs do in its place). X-Auto-Response-Suppress says what it does not want, not what it is. */
export function isAutomatic(mail: Email, sender: { envelopeFrom: string | undefined; from: string }): boolean {
  const header = (name: string) => headerOf(mail, name)?.toLowerCase();
  const submitted = header('auto-submitted');
  return (
    (submitted !== undefined && !/^no\b/.test(submitted)) ||
    sender.envelopeFrom === '' ||
    header('return-path') === '<>' ||
    /^(?:bulk|junk|list|auto_reply)\b/.test(header('precedence') ?? '') ||
    ['x-autoreply', 'x-auto-reply', 'x-autorespond', 'x-autoreply-from', 'list-id', 'list-unsubscribe'].some(
      (name) => header(name) !== undefined,
    ) ||
    MACHINE.test(sender.from) ||
    SUBJECT.test(withoutMarks(mail.subject ?? ''))
  );
}

/** Whether it may be a report that nobody marked as one. `returned`: it came to the return path of a mail of ours. */
export function looksLikeReport(mail: Email, sender: { envelopeFrom: string | undefined; returned: boolean }): boolean {
  const from = mail.from?.address ?? '';
  if (/^mailer-daemon(?:@|$)/i.test(from)) return true;
  const isNull = sender.envelopeFrom === '' || headerOf(mail, 'return-path') === '<>';
  // a person may be called so: what they write has a way back
  if (/^postmaster(?:@|$)/i.test(from)) return isNull;
  return isNull && (headerOf(mail, 'x-failed-recipients') !== undefined || (sender.returned && saysRefused(mail)));
}

const FAILED =
  /undeliver|not (?:be )?delivered|could ?n[o']t deliver|delivery (?:status|failed|failure|has failed)|failure notice|returned (?:mail|to sender)|rejected|refused/i;

/** Who is away answers to the return path too: only a server writes codes, and says what did not go. */
function saysRefused({ text = '', subject = '' }: Email): boolean {
  if (SUBJECT.test(withoutMarks(subject))) return false;
  const words = `${subject}\n${text.slice(0, 65_536)}`;
  return /\b5\d\d[ -]|\b5\.\d{1,3}\.\d{1,3}\b/.test(words) && FAILED.test(words);
}
