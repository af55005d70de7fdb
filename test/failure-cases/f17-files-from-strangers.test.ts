import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { RequestListener, ServerResponse } from 'node:http';
import type { LookupAddress } from 'node:dns';
import type { Socket } from 'node:net';
import { after, suite, test } from 'node:test';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { BrokenOff, download } from '@parley/core/store/download.ts';
import type { DownloadOptions } from '@parley/core/store/download.ts';
import { eventually } from '../support/eventually.ts';
import { listenAt, stop } from '../support/loopback.ts';

const MB = 1024 * 1024;
const ends: (() => void)[] = [];

suite('F17: files from strangers', () => {
  after(() => ends.forEach((end) => end()));

  test('no address of a private place is dialled, however it is written', async () => {
    const inside = await serve((_, response) => response.end('secret'));
    const port = inside.url.port;
    const hosts = [
      '127.0.0.1',
      '2130706433',
      '0x7f000001',
      '017700000001',
      '127.1',
      '0',
      '[::1]',
      '[::ffff:127.0.0.1]',
      '[::ffff:7f00:1]',
      '[::127.0.0.1]',
      '[64:ff9b::7f00:1]',
      '[2002:7f00:1::]',
      '169.254.169.254',
      '[::ffff:169.254.169.254]',
      '10.0.0.1',
      '172.16.0.1',
      '192.168.0.1',
      '100.64.0.1',
      '[fd00::1]',
      '[fe80::1]',
    ];
    for (const host of hosts) await refuses(`https://${host}:${port}/`, /not public/);
    assert.equal(inside.connections(), 0);
  });

  test('only https, and the provider itself, is spoken to', async () => {
    const inside = await serve((_, response) => response.end('secret'));
    for (const address of [
      inside.url.href,
      'http://169.254.169.254/latest/meta-data/',
      'file:///etc/passwd',
      'gopher://127.0.0.1/_',
      'ftp://example.com/a.png',
      'data:text/plain,x',
      'nonsense',
      '',
    ])
      await refuses(address, /not https/);
    assert.equal(inside.connections(), 0);
  });

  test('a name that leads to a private place is not dialled', async () => {
    const inside = await serve((_, response) => response.end('secret'));
    await refuses(`https://localhost:${inside.url.port}/`, /not public/);
    const among = resolving(['93.184.215.14', '10.0.0.1']);
    await refuses('https://files.example/', /not public/, { resolve: among.resolve });
    assert.equal(inside.connections(), 0);
  });

  test('a name that changes its mind between check and connection gets nowhere', async () => {
    const inside = await serve((_, response) => response.end('secret'));
    const rebinding = resolving(['127.0.0.1']);
    await refuses(`https://files.example:${inside.url.port}/`, /not public/, { resolve: rebinding.resolve });
    assert.equal(rebinding.asked(), 1, 'what was checked is what is dialled: nobody asks a second time');
    assert.equal(inside.connections(), 0);
  });

  test('a redirect into a private place is not followed, nor one to another kind of address', async () => {
    const inside = await serve((_, response) => response.end('secret'));
    let next = '';
    const provider = await serve((_, response) => response.writeHead(302, { location: next }).end());
    const own = { trustedOrigin: provider.url.origin };
    for (next of ['http://127.0.0.1:1/', 'file:///etc/passwd', 'gopher://x/', `http://[::1]:${inside.url.port}/`])
      await refuses(provider.url.href, /not https/, own);
    for (next of [`https://127.0.0.1:${inside.url.port}/`, 'https://169.254.169.254/', 'https://localhost/'])
      await refuses(provider.url.href, /not public/, own);
    next = provider.url.href;
    await refuses(provider.url.href, /too many redirects/, own);
    assert.equal(inside.connections(), 0);
  });

  test('headers of a provider stay with it', async () => {
    const seen: (string | undefined)[] = [];
    const provider = await serve((request, response) => {
      seen.push(request.headers.authorization);
      if (request.url === '/file') response.end('here');
      else response.writeHead(302, { location: '/file' }).end();
    });
    const found = await get(provider.url.href, {
      trustedOrigin: provider.url.origin,
      headers: { authorization: 'Bearer token' },
    });
    assert.equal(String(found), 'here');
    assert.deepEqual(seen, ['Bearer token', 'Bearer token']);
  });

  test('a file that is announced as too large is not begun', async () => {
    const large = await serve((_, response) => response.writeHead(200, { 'content-length': 20e9 }).write('x'));
    await refuses(large.url.href, /larger than 1048576 bytes/, { trustedOrigin: large.url.origin });
  });

  test('a body without end is cut off at the limit', async () => {
    let sent = 0;
    const endless = await serve((_, response) => {
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(64 * 1024))) sent += 64 * 1024;
      };
      response.on('drain', more);
      more();
    });
    await breaksOff(endless.url, /larger than 1048576 bytes/, true);
    assert.ok(sent < 30 * MB, `${sent} bytes left the server`);
  });

  test('little that unpacks to much is cut off at the limit', async () => {
    const bomb = gzipSync(Buffer.alloc(50 * MB));
    assert.ok(bomb.length < 60_000);
    const packed = await serve((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb));
    const before = process.memoryUsage().rss;
    await breaksOff(packed.url, /larger than 1048576 bytes/, true);
    assert.ok(process.memoryUsage().rss - before < 40 * MB);
  });

  test('what is packed is unpacked', async () => {
    const packed = await serve((_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('picture')),
    );
    assert.equal(String(await get(packed.url.href, { trustedOrigin: packed.url.origin })), 'picture');
    const broken = await serve((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('no gzip'));
    await breaksOff(broken.url, /incorrect header/, false);
  });

  test('a server that dribbles is left when the time is over', async () => {
    // it never ends by itself
    const dribbling = await serve((_, response) => drip(response));
    await breaksOff(dribbling.url, /took too long/, false, 300);
    await eventually('the connection is closed', () => dribbling.open() === 0);
  });

  test('a server that says nothing is left too', async () => {
    const silent = await serve(() => undefined);
    const found = await download(silent.url.href, options({ trustedOrigin: silent.url.origin, mostMs: 200 }));
    assert.deepEqual(found, { ok: false, permanent: false, reason: 'the file took too long' });
  });

  test('a file that breaks off may be tried again', async () => {
    const breaking = await serve((_, response) => {
      response.writeHead(200, { 'content-length': 1000 }).write('half');
      setTimeout(() => response.destroy(), 20);
    });
    await breaksOff(breaking.url, /aborted|ECONNRESET|hang up/, false);
  });
});

function options(more: Partial<DownloadOptions>): DownloadOptions {
  return { headers: {}, trustedOrigin: 'https://provider.example', mostBytes: MB, mostMs: 5_000, ...more };
}

async function refuses(address: string, reason: RegExp, more: Partial<DownloadOptions> = {}): Promise<void> {
  const found = await download(address, options(more));
  assert.ok(!found.ok && found.permanent, address);
  assert.match(found.reason, reason, address);
}

async function get(address: string, more: Partial<DownloadOptions>): Promise<Buffer> {
  const found = await download(address, options(more));
  // on a slow machine the time may be over before the first byte
  if (!found.ok) throw new BrokenOff(found.reason, found.permanent);
  return buffer(found.stream);
}

async function breaksOff(url: URL, reason: RegExp, permanent: boolean, mostMs = 5_000): Promise<void> {
  await assert.rejects(get(url.href, { trustedOrigin: url.origin, mostMs }), (error) => {
    assert.ok(error instanceof BrokenOff, String(error));
    assert.match(error.message, reason);
    assert.equal(error.permanent, permanent);
    return true;
  });
}

/** A name service that gives these addresses. */
function resolving(addresses: string[]) {
  let asked = 0;
  const resolve: DownloadOptions['resolve'] = (_name, _options, callback) => {
    asked++;
    callback(
      null,
      addresses.map((address): LookupAddress => ({ address, family: 4 })),
    );
  };
  return { resolve, asked: () => asked };
}

async function serve(answer: RequestListener) {
  const server = createServer(answer);
  const sockets = new Set<Socket>();
  let connections = 0;
  server.on('connection', (socket: Socket) => {
    connections++;
    sockets.add(socket.once('close', () => sockets.delete(socket)));
  });
  const url = new URL(await listenAt(server));
  ends.push(() => stop(server));
  return { url, connections: () => connections, open: () => sockets.size };
}

function drip(response: ServerResponse): void {
  const timer = setInterval(() => response.write('.'), 20);
  response.once('close', () => clearInterval(timer));
}
