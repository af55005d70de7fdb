import type { Email } from 'postal-mime';
import { headerOf } from './headers.ts';

const SUBJECT =
  /^(?:automatic reply|auto[- ]?reply|auto[- ]?response|autoreply|out of (?:the )?office|abwesenheitsnotiz|automatische antwort|réponse automatique|respuesta automática|risposta automatica|automatisch antwoord|رد تلقائي|الرد التلقائي|خارج المكتب)/iu;
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
    ['x-autoreply', 'x-autorespond', 'x-autoreply-from', 'list-id', 'list-unsubscribe'].some(
      (name) => header(name) !== undefined,
    ) ||
    MACHINE.test(sender.from) ||
    SUBJECT.test(mail.subject ?? '')
  );
}

/** Whether it may be a report that nobody marked as one. */
export function isFromPostmaster(mail: Email, envelopeFrom: string | undefined, from: string): boolean {
  const isNull = envelopeFrom === '' || headerOf(mail, 'return-path') === '<>';
  return (
    /^(?:mailer-daemon|postmaster)@/i.test(from) || (isNull && headerOf(mail, 'x-failed-recipients') !== undefined)
  );
}
