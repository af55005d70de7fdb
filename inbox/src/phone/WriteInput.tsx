import { useState } from 'react';
import { useWords } from '../i18n/language.tsx';
import { WriteBox } from '../ui/WriteBox.tsx';
import { AttachButton } from './AttachButton.tsx';
import { attachmentOf } from './attachment.ts';
import type { InputProps } from './PhoneScreen.tsx';

/** Where the customer writes and sends files; a mail may have a subject of its own. */
export function WriteInput({ api, phoneId, account, tell }: InputProps) {
  const { text } = useWords();
  const [written, setWritten] = useState('');
  const [subject, setSubject] = useState('');
  const headed = subject.trim() === '' ? {} : { subject: subject.trim() };
  async function send(message: string, sending: Parameters<typeof tell>[0]): Promise<void> {
    setWritten('');
    if (await tell(sending)) setSubject('');
    else setWritten((later) => later || message);
  }
  const write = (message: string): Promise<void> => send(message, api.write(phoneId, account, message, headed));
  const attach = async (file: File): Promise<void> =>
    send(written, api.act(phoneId, account, await attachmentOf(file, written), headed));
  return (
    <>
      {api.name === 'email' && (
        <input
          className="subject"
          dir={subject === '' ? undefined : 'auto'}
          value={subject}
          aria-label={text.mail.subject}
          placeholder={text.mail.subjectPlaceholder}
          onChange={(event) => setSubject(event.target.value)}
          data-testid="phone-subject"
        />
      )}
      <AttachButton onChoose={(file) => void attach(file)} />
      <WriteBox
        text={written}
        label={text.phonePlaceholder}
        placeholder={text.phonePlaceholder}
        sendLabel={text.send}
        testId="phone-input"
        onChange={setWritten}
        onSend={(message) => void write(message)}
      />
    </>
  );
}
