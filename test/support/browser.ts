import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { inflate } from '@sparticuz/chromium';
import { chromium } from 'playwright-core';
import type { Browser, LaunchOptions } from 'playwright-core';

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
