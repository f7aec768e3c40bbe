import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const installed = process.env['HOMEOSTAT_CHROMIUM'] ?? '/usr/bin/chromium';

/** Nothing of its own goes over the network; its profile is a new and empty one. */
const quiet = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The browser of this machine, headless. Throws with what to install where there is none. */
export async function openBrowser(): Promise<Browser> {
  if (!existsSync(installed)) {
    throw new Error(
      `There is no Chromium at ${installed}: apt-get install chromium, or name another one in HOMEOSTAT_CHROMIUM.`,
    );
  }
  const isRoot = process.getuid?.() === 0;
  return chromium.launch({
    executablePath: installed,
    headless: true,
    // Chromium refuses to run in its sandbox as root.
    args: [...quiet, ...(isRoot ? ['--no-sandbox'] : [])],
  });
}
