import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { inflate } from '@sparticuz/chromium';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, LaunchOptions, Locator, Page, WebSocketRoute } from 'playwright-core';

/** A browser of one test file, gone when the file is done. Throws when it can't be started. */
export async function testBrowser(): Promise<Browser> {
  const browser = await chromium.launch(await launchOptions());
  after(() => browser.close());
  return browser;
}

/** The packaged browser is built for Linux on x64; elsewhere the Chrome that is installed takes its place. */
async function launchOptions(): Promise<LaunchOptions> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return { channel: 'chrome' };
  const folder = await unpacked();
  return {
    executablePath: join(folder, 'chromium'),
    args: ['--disable-gpu'],
    env: { ...process.env, LD_LIBRARY_PATH: join(folder, 'al2023/lib') },
  };
}

/** The folder of the browser and the system libraries it needs. It gets its name when it is whole, so an interrupted run leaves no half of one. */
async function unpacked(): Promise<string> {
  const packages = join(dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium'))), '../bin');
  const folder = join(packages, '../unpacked');
  if (existsSync(folder)) return folder;
  const unfinished = mkdtempSync(`${folder}-`);
  await unpackInto(
    unfinished,
    ['chromium.br', 'al2023.tar.br'].map((name) => join(packages, name)),
  );
  // Where two runs unpack at once, the first to be done gives the folder.
  if (existsSync(folder)) rmSync(unfinished, { recursive: true });
  else renameSync(unfinished, folder);
  return folder;
}

/** `inflate` writes where the system's temporary files go, which it asks for as soon as it is called. */
async function unpackInto(folder: string, files: string[]): Promise<void> {
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = folder;
  const done = Promise.all(files.map((file) => inflate(file)));
  if (before === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = before;
  await done;
}

/** A page with what went wrong on it: exceptions and what it wrote as errors. */
export interface WatchedPage {
  page: Page;
  troubles: string[];
}

export async function openPage(context: BrowserContext, url: string): Promise<WatchedPage> {
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()));
  await page.addInitScript({ content: recorder });
  await page.goto(url);
  return { page, troubles };
}

/** Signs in as a demo agent, and waits until the inbox is live. */
export async function signIn(page: Page, email: string): Promise<void> {
  await page.locator(`[data-testid="demo-user"][data-email="${email}"]`).click();
  await live(page);
}

export async function live(page: Page): Promise<void> {
  await page.locator('[data-testid="connection"][data-connection="live"]').waitFor({ state: 'attached' });
}

/** The conversations of a channel in the list. */
export function listed(page: Page, channel: string): Locator {
  return page.getByTestId('conversation').filter({ has: page.locator(`[data-channel-kind="${channel}"]`) });
}

/** Opens a listed conversation, and says its id: done once it is the one that is written into. */
export async function openListed(page: Page, listing: Locator): Promise<string | null> {
  const id = await listing.getAttribute('data-conversation-id');
  await page.locator(`[data-testid="conversation"][data-conversation-id="${id}"]`).click();
  await page.locator(`[data-testid="thread"][data-conversation-id="${id}"]`).waitFor();
  return id;
}

/** The bubbles with this text; with `status`, only when they have come so far. */
export function bubble(page: Page, text: string, status?: string): Locator {
  const bubbles = page.locator(`[data-testid="message"]${status === undefined ? '' : `[data-status="${status}"]`}`);
  return bubbles.filter({ hasText: text });
}

/** Writes into a box and sends it. */
export async function writeInto(box: Page | Locator, testId: string, text: string): Promise<void> {
  await box.getByTestId(`${testId}-input`).fill(text);
  await box.getByTestId(`${testId}-send`).click();
}

/** One look of a message's mark: what it is called, and what is drawn in which colour. */
export interface Mark {
  label: string;
  drawing: string;
}

/** Every mark that a sent message with this text has had on screen. */
export async function marksOf(page: Page, text: string): Promise<Mark[]> {
  const marks = await page.evaluate<Record<string, Mark[]>>('globalThis.marks');
  return marks[text] ?? [];
}

/** Runs in the page: writes down each change of a sent message's mark, however short it is there. */
const recorder = `
  globalThis.marks = {};
  new MutationObserver(() => {
    for (const message of document.querySelectorAll('[data-testid="message"][data-direction="OUTBOUND"]')) {
      const button = message.querySelector('[data-testid="status-mark"]');
      const seen = (globalThis.marks[message.querySelector('.rich-text')?.textContent ?? ''] ??= []);
      const label = button.getAttribute('aria-label');
      if (seen.at(-1)?.label === label) continue;
      seen.push({ label, drawing: button.querySelector('svg').innerHTML + getComputedStyle(button.firstElementChild).color });
    }
  }).observe(document, { subtree: true, childList: true, attributes: true });
`;

export interface Line {
  drop(): Promise<void>;
  restore(): void;
}

/** Puts a hand on the sockets that pages open from now on. While the line is dropped, a new one does not come up. */
export async function holdLine(context: BrowserContext, path: string): Promise<Line> {
  const open = new Set<WebSocketRoute>();
  let way = Promise.withResolvers<void>();
  way.resolve();
  await context.routeWebSocket(
    (url) => url.pathname === path,
    async (socket) => {
      await way.promise;
      open.add(socket).add(socket.connectToServer());
    },
  );
  return {
    async drop() {
      way = Promise.withResolvers<void>();
      await Promise.all([...open].map((socket) => socket.close()));
      open.clear();
    },
    restore: () => way.resolve(),
  };
}

/** Everything a page says: texts, and the words it has for who can't see. */
export async function visibleWords(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`(() => {
    const texts = [...document.querySelectorAll('body *')].flatMap((element) => [
      ...[...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data),
      ...['aria-label', 'title', 'placeholder'].map((name) => element.getAttribute(name) ?? ''),
    ]);
    return [...new Set(texts.filter((text) => text.trim() !== ''))];
  })()`);
}
