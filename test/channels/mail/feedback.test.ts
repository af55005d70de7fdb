import assert from 'node:assert/strict';
import test from 'node:test';
import { messageIdOf } from '@parley/core/channels/email/ids.ts';
import { reader } from '@parley/core/channels/email/mail/reader.ts';
import { readSesNotification } from '@parley/core/store/ses.ts';
import { read, SECRET } from './reading.ts';
import { REFERENCE } from './server.ts';

const MONA = 'mona@customers.example';
const mail = { messageId: '0102-abc', source: 'support@nile.example', destination: [MONA] };

function feedback(type: string): string {
  return `From: feedback@isp.example
To: support@nile.example
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary=b

--b
Content-Type: message/feedback-report

Feedback-Type: ${type}
Original-Rcpt-To: <${MONA}>
--b
Content-Type: message/rfc822

Message-ID: <${messageIdOf(REFERENCE, SECRET, 'nile.example')}>

words
--b--
`;
}

for (const [type, complains] of [
  ['abuse', true],
  ['fraud', true],
  ['other', true],
  ['not-spam', false],
  ['auth-failure', false],
] as const) {
  test(`feedback of type ${type} ${complains ? 'is a complaint' : 'complains of nothing'}`, async () => {
    const report = (await read(feedback(type))).mail;
    assert.deepEqual(
      report.kind === 'report' && report.verdicts,
      complains ? [{ unreachable: 'complained', address: MONA }] : [],
    );
    const told = readSesNotification({
      notificationType: 'Complaint',
      mail,
      complaint: { complainedRecipients: [{ emailAddress: MONA }], complaintFeedbackType: type },
    });
    assert.equal(told?.kind, complains ? 'feedback' : 'nothing');
  });
}

test('what SES takes and then sends to nobody has failed, and the address is good', () => {
  const told = readSesNotification({ eventType: 'Reject', mail, reject: { reason: 'Bad content' } });
  assert.ok(told?.kind === 'feedback' && told.verdicts[0]);
  const { address, ...why } = told.verdicts[0];
  const verdict = reader.bounce(address, why);
  assert.deepEqual(
    [verdict.address, verdict.status, verdict.error?.class, verdict.unreachable],
    [MONA, 'FAILED', 'invalid', undefined],
  );
});
