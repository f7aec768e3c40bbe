import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { recordMonth } from '../../bench/month-recording';
import { backtest } from '../../replay/backtest';
import { reportPage } from '../../replay/backtest/page';
import { findRecordings } from '../../replay/recording';
import { openBrowser } from './chromium';

const root = join(__dirname, '../..');
const pictures = join(root, 'docs/pictures');
const month = { about: 30_000, seed: 1 };
const policies = { old: 'policies/default.yaml', new: 'docs/examples/stricter.yaml' };

/** `npm run picture`: records a month, backtests it, and takes the pictures of the report that docs/backtesting.md shows. */
async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'homeostat-picture-'));
  const browser = await openBrowser();
  try {
    await recordMonth(folder, month.about, month.seed);
    const policy = (file: string) => ({ file, text: readFileSync(join(root, file), 'utf8') });
    const comparison = await backtest({
      recordings: await findRecordings([folder]),
      old: policy(policies.old),
      new: policy(policies.new),
      mode: 'act',
    });
    const report = join(folder, 'report.html');
    writeFileSync(report, reportPage(comparison));
    mkdirSync(pictures, { recursive: true });
    const page = await browser.newPage({ viewport: { width: 1_280, height: 800 }, deviceScaleFactor: 1.25 });
    await page.goto(pathToFileURL(report).href);
    await page.screenshot({ path: join(pictures, 'backtest-summary.png') });
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.getByLabel('difference').selectOption({ index: 2 });
    // One that both policies touch and that ends otherwise shows most.
    await page.getByLabel('outcome under the new').selectOption('left to people');
    await page.getByLabel('outcome under the old').selectOption('resolved');
    await page.locator('#list button').nth(1).click();
    await page.locator('#incidents').scrollIntoViewIfNeeded();
    await page.evaluate(`document.getElementById('incidents').scrollIntoView()`);
    await page.screenshot({ path: join(pictures, 'backtest-incidents.png') });
    process.stdout.write(
      `${comparison.events} events, ${comparison.incidents.length} incidents: ${comparison.verdict}\n`,
    );
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
}

void main();
