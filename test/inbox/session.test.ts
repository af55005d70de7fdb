import assert from 'node:assert/strict';
import test from 'node:test';
import { createClient } from '../../inbox/src/api/client.ts';
import { createCall } from '../../inbox/src/api/http.ts';
import { createSession } from '../../inbox/src/api/session.ts';
import { memoryStorage, startLoopback, type Answer, type Asked } from './server.ts';

const hour = 3600_000;

/** Hands out t1, t2, … and takes only the newest. */
function tokens(): { answer: (asked: Asked) => Answer; revoke: () => void; refuseRenewal: () => void } {
  let count = 0;
  let good = '';
  let renewable = true;
  return { answer, revoke: () => void (good = ''), refuseRenewal: () => void (renewable = false) };

  function answer({ path, query, body, token }: Asked): Answer {
    if (path !== '/auth/v1/token')
      return token === good ? { body: [] } : { status: 401, body: { code: 'no', message: 'bad token' } };
    const isPassword = query.get('grant_type') === 'password';
    if (isPassword ? body['password'] !== 'right' : !renewable)
      return { status: 400, body: { code: 'invalid_credentials', message: 'Wrong email or password' } };
    count += 1;
    good = `t${count}`;
    return {
      body: { access_token: good, refresh_token: `r${count}`, expires_in: 3600, user: { email: 'a@b.example' } },
    };
  }
}

test('a wrong password is refused in the server’s words', async (t) => {
  const { url } = await startLoopback(t, tokens().answer);
  const session = createSession(createCall(url), memoryStorage());
  const answer = await session.signIn('a@b.example', 'wrong');
  assert.ok(!answer.ok && answer.failure.kind === 'refused');
  assert.equal(answer.failure.message, 'Wrong email or password');
  assert.equal(session.current(), null);
});

test('who was given a password signs in with one of their own beside it', async (t) => {
  const { url, asked } = await startLoopback(t, tokens().answer);
  const session = createSession(createCall(url), memoryStorage());
  assert.ok((await session.signIn('a@b.example', 'right', 'my own')).ok);
  assert.deepEqual(asked.at(-1)?.body, { email: 'a@b.example', password: 'right', new_password: 'my own' });
});

test('the session outlives the page and is gone after signing out', async (t) => {
  const { url } = await startLoopback(t, tokens().answer);
  const storage = memoryStorage();
  await createSession(createCall(url), storage).signIn('a@b.example', 'right');
  const later = createSession(createCall(url), storage);
  assert.equal(later.current()?.email, 'a@b.example');
  let told = 0;
  later.subscribe(() => (told += 1));
  await later.signOut();
  assert.equal(told, 1);
  assert.equal(createSession(createCall(url), storage).current(), null);
});

test('a token is renewed shortly before its end, once for all who ask', async (t) => {
  const { url, asked } = await startLoopback(t, tokens().answer);
  let now = Date.now();
  const session = createSession(createCall(url), memoryStorage(), () => now);
  await session.signIn('a@b.example', 'right');
  assert.equal(await session.token(), 't1');
  now += hour - 30_000;
  assert.deepEqual(await Promise.all([session.token(), session.token()]), ['t2', 't2']);
  assert.equal(asked.length, 2);
});

test('a refused token is renewed and the call repeated', async (t) => {
  const server = tokens();
  const { url } = await startLoopback(t, server.answer);
  const session = createSession(createCall(url), memoryStorage());
  await session.signIn('a@b.example', 'right');
  server.revoke();
  const answer = await createClient(createCall(url), session).accounts();
  assert.deepEqual(answer, { ok: true, value: [] });
});

test('when renewal is refused the agent is signed out; when the server is away, not', async (t) => {
  const server = tokens();
  const { url } = await startLoopback(t, server.answer);
  const storage = memoryStorage();
  const session = createSession(createCall(url), storage);
  await session.signIn('a@b.example', 'right');
  const away = createSession(createCall('http://127.0.0.1:9'), storage);
  assert.equal(await away.renew(), null);
  assert.equal(away.current()?.accessToken, 't1');
  server.refuseRenewal();
  assert.equal(await session.renew(), null);
  assert.equal(session.current(), null);
});

test('a broken stored session is no session', () => {
  const storage = memoryStorage();
  storage.setItem('parley.session', '{"accessToken":');
  assert.equal(createSession(createCall(), storage).current(), null);
});
