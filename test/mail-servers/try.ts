import { certificateIn } from '@parley/local/mail/certificate.ts';
import { channel } from '@parley/core/channels/email/index.ts';
import { disconnect } from '@parley/core/channels/email/transport.ts';
import { outgoing } from '../channels/mail/server.ts';
import { account } from '../channels/mail/reading.ts';
import { startExim } from './exim.ts';
import { startDestination } from './destination.ts';
const certificate = await certificateIn('/tmp/mta/cert.json');
const home = await startDestination();
const away = await startDestination({
  recipient: (a) => (a.startsWith('nobody') ? '550 5.1.1 <x>: Recipient address rejected: User unknown' : undefined),
});
const pf = await startExim({
  certificate,
  hostname: 'mail.nile.example',
  user: 'support@nile.example',
  password: 'pass word',
  routes: { 'nile.example': home.port, 'customers.example': away.port },
});
try {
  const acc = {
    ...account,
    baseUrl: `smtp://127.0.0.1:${pf.port}`,
    credentials: { ...account.credentials, user: 'support@nile.example', password: 'pass word', ca: certificate.cert },
  };
  console.log(
    await channel.send(outgoing({ to: { identities: [{ kind: 'email', value: 'nobody@customers.example' }] } }), acc),
  );
  await new Promise((r) => setTimeout(r, 3000));
  console.log(home.taken.map((t) => t.bytes.toString()).join());
} finally {
  disconnect();
  console.log(pf.log());
  await pf.close();
  home.close();
  away.close();
}
