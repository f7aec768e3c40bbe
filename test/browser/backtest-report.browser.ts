import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import type { Comparison } from '../../replay/backtest/comparison';
import { reportPage } from '../../replay/backtest/page';
import type { SideIncident } from '../../replay/backtest/side-incident';
import { aSide, anIncident, begins, compared, leftToPeople, minute } from '../replay/backtest-sides';
import { folderOfTest } from '../replay/folder';
import { guardNames } from '../../statemachines/guards/names';
import { openBrowser } from './chromium';
import { paleTexts } from './contrast';

const screen = { width: 1280, height: 800 };
const folder = folderOfTest();
let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
});

/** A page that was opened from a file, and all that it asked for or complained of. */
interface Opened {
  readonly page: Page;
  readonly requests: readonly string[];
  readonly complaints: readonly string[];
}

/** How the browser is set: a light one of an ordinary size unless told. */
interface Look {
  readonly scheme?: 'light' | 'dark';
  readonly scripts?: boolean;
  readonly viewport?: typeof screen;
}

async function open(
  comparison: Comparison,
  { scheme = 'light', scripts = true, viewport = screen }: Look = {},
): Promise<Opened> {
  const file = join(folder.path, `${expect.getState().currentTestName?.replace(/\W+/g, '-').slice(0, 80) ?? ''}.html`);
  writeFileSync(file, reportPage(comparison));
  const context = await browser.newContext({ viewport, colorScheme: scheme, javaScriptEnabled: scripts });
  const page = await context.newPage();
  const requests: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(pathToFileURL(file).href);
  return { page, requests, complaints };
}

/** So many incidents: of ten, four are healed by the old policy and left to people by the new one, and one is only the old one's. */
function month(count: number, changes: (index: number) => Partial<SideIncident> = () => ({})): Comparison {
  const rules = ['instances', 'hosts', 'groups', 'targets', ...'abcdefghijk'.split('').map((name) => `rule-${name}`)];
  const heldBy = (index: number): SideIncident['saidNo'] =>
    leftToPeople().saidNo.map((no) => ({ ...no, by: { guard: guardNames[index % guardNames.length] ?? 'hold' } }));
  const basics = Array.from({ length: count }, (_, index) => ({
    id: `inc-${index}`,
    openedAt: begins + index * 20 * minute,
    rule: rules[index % rules.length] ?? 'instances',
    ...changes(index),
  }));
  const isStricter = (index: number): boolean => index % 10 < 4;
  return compared(
    aSide(basics.map((one) => anIncident(one))),
    aSide(
      basics.flatMap((one, index) =>
        index % 10 === 9 ? [] : [isStricter(index) ? leftToPeople({ saidNo: heldBy(index), ...one }) : anIncident(one)],
      ),
    ),
  );
}

describe.each(['light', 'dark'] as const)('in a %s browser the report', (scheme) => {
  it('opens from a file, asks for nothing else, and complains of nothing', async () => {
    const { page, requests, complaints } = await open(month(30), { scheme });
    await page.locator('#list button').first().click();
    await page.evaluate('window.scrollTo(0, document.body.scrollHeight)');
    expect(requests).toEqual([page.url()]);
    expect(complaints).toEqual([]);
    const ground = await page.evaluate('getComputedStyle(document.body).backgroundColor');
    expect(ground).toBe(scheme === 'light' ? 'rgb(247, 247, 245)' : 'rgb(20, 23, 26)');
  });

  it('has text that stands out from its ground, in the numbers, the filter, the time lines and the details', async () => {
    const { page } = await open(month(30), { scheme });
    for (const row of (await page.locator('#list button').all()).slice(0, 3)) await row.click();
    await expect(page.evaluate(paleTexts(4.5))).resolves.toEqual([]);
    // The measure itself: no two colours differ by more than 21 to 1.
    expect(await page.evaluate<unknown[]>(paleTexts(21.1))).not.toHaveLength(0);
  });
});

it('shows the verdict and all numbers on one screen, and nothing is cut off', async () => {
  const { page } = await open(month(2_000));
  const bottoms = await page.evaluate<number[]>(
    `[...document.querySelectorAll('header, .panel')].map((part) => part.getBoundingClientRect().bottom)`,
  );
  expect(bottoms).toHaveLength(5);
  expect(Math.max(...bottoms)).toBeLessThanOrEqual(screen.height);
  await expect(
    page.evaluate(
      `[document.documentElement, ...document.querySelectorAll('.panel')].filter((part) => part.scrollWidth > part.clientWidth).length`,
    ),
  ).resolves.toBe(0);
});

it('can be read on a narrow screen: what is wide scrolls by itself', async () => {
  const { page } = await open(month(30), { viewport: { width: 390, height: 800 } });
  await expect(page.evaluate('document.documentElement.scrollWidth')).resolves.toBe(390);
});

it('is filtered and unfolded by keyboard alone', async () => {
  const { page } = await open(month(100));
  const focused = (what: string): Promise<string> => page.evaluate(`document.activeElement.${what}`);
  await page.keyboard.press('Tab'); // the link to what it cannot tell
  await page.keyboard.press('Tab');
  expect(await focused('name')).toBe('difference');
  await page.keyboard.type('same result');
  await page.keyboard.press('Tab');
  expect(await page.getByRole('status').textContent()).toBe('0 of 100 incidents');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.type('ends otherwise');
  expect(await page.getByRole('status').textContent()).toBe('40 of 100 incidents');
  for (let tab = 0; tab < 4; tab += 1) await page.keyboard.press('Tab');
  expect(await focused('name')).toBe('text');
  await page.keyboard.type('INC-13');
  expect(await page.getByRole('status').textContent()).toBe('1 of 100 incidents');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  expect(await focused('ariaExpanded')).toBe('true');
  expect(await page.locator('.detail').innerText()).toContain('now refused by');
  await page.keyboard.press('Enter');
  expect(await page.locator('.detail').count()).toBe(0);
});

it('is filtered by rule and by outcome on either side', async () => {
  const { page } = await open(month(100));
  const counted = (): Promise<string | null> => page.getByRole('status').textContent();
  await page.getByLabel('outcome under the new').selectOption('no incident');
  expect(await counted()).toBe('10 of 100 incidents');
  await page.getByLabel('rule, on either side').selectOption('rule-k');
  expect(await counted()).toBe('3 of 100 incidents');
  await page.getByLabel('outcome under the new').selectOption('left to people');
  await page.getByLabel('outcome under the old').selectOption('left to people');
  expect(await counted()).toBe('0 of 100 incidents');
});

it('gives everything that can be worked a name, and says each time line in words', async () => {
  const { page } = await open(month(30));
  const nameless = `[...document.querySelectorAll('button, select, input, a')].filter((one) => !(one.labels?.[0] ?? one).textContent.trim()).length`;
  await expect(page.evaluate(nameless)).resolves.toBe(0);
  expect(await page.locator('.lanes').first().getAttribute('aria-label')).toBe(
    'old: looks and waits for 2m, touching for 2m, verifies for 3m, resolved. new: held by a guard for 5m, with people, left to people',
  );
});

const hostile = [
  `<script>document.title = 'taken'</script>`,
  `</script><img src=x onerror="document.title = 'taken'">`,
  `"'\` onmouseover="document.title = 'taken'" x="`,
  'two\nlines\tand \u001b[31mred\u001b[0m \u0000 text',
  '\u202egnp.yek-terces\u202c \u05e9\u05dc\u05d5\u05dd',
  '<!--<script>',
  '__proto__',
  '$(rm -rf /) {{7*7}} ${7*7}',
  '\u2028\u2029&lt;b&gt;&amp;',
  'x'.repeat(255),
];

it('shows hostile names and words as text, wherever they stand', async () => {
  const words = (index: number): string => hostile[index % hostile.length] ?? '';
  const comparison = month(hostile.length, (index) => ({
    resource: `111122223333/eu-central-1/ec2-instance/${words(index)}`,
    condition: words(index + 1),
    rule: words(index + 2),
    lines: [{ at: begins, text: words(index) }],
    saidNo: [{ by: { remediation: words(index + 3) }, reason: words(index), at: begins, times: 1 }],
    told: [{ at: begins, contact: words(index), kind: 'escalated', folded: false }],
  }));
  const { page, requests, complaints } = await open({
    ...comparison,
    verdict: words(1),
    assumed: hostile,
    invalid: hostile,
    old: { ...comparison.old, policy: `a/${words(0)}` },
    new: { ...comparison.new, policy: words(2) },
  });
  for (const row of await page.locator('#list button').all()) await row.click();
  expect(await page.title()).not.toBe('taken');
  expect([requests, complaints]).toEqual([[page.url()], []]);
  await expect(
    page.evaluate(`[document.scripts.length, document.querySelectorAll('img, b[onmouseover], [onerror]').length]`),
  ).resolves.toEqual([2, 0]);
  const shown = await page.evaluate<string>('document.body.textContent');
  for (const text of hostile.filter((one) => !one.includes('\u0000'))) expect(shown).toContain(text);
  const cutOff = `[...document.querySelectorAll('html, h1, .verdict, #list > li, .detail dd, #not-known li')].filter((part) => part.scrollWidth > part.clientWidth).length`;
  await expect(page.evaluate(cutOff)).resolves.toBe(0);
});

it('draws two thousand incidents as far as they are looked at, and all of them in the end', async () => {
  const { page } = await open(month(2_000));
  const rows = page.locator('#list > li');
  expect(await rows.count()).toBeLessThan(200);
  expect(await page.getByRole('status').textContent()).toContain('2000 incidents');
  const drawAll = `(async () => {
    const more = document.getElementById('more');
    for (let turn = 0; turn < 200 && !more.hidden; turn += 1) {
      more.click();
      if (turn % 10 === 0) await new Promise(requestAnimationFrame);
    }
  })()`;
  await page.evaluate(drawAll);
  expect(await rows.count()).toBe(2_000);
  // By its name: to look for a label among so many elements takes Playwright half a minute.
  await page.locator('input[name=text]').fill('inc-1999');
  expect(await rows.count()).toBe(1);
});

it('draws more when the end of the list comes near', async () => {
  const { page } = await open(month(300));
  const rows = page.locator('#list > li');
  const before = await rows.count();
  await page.locator('#more').scrollIntoViewIfNeeded();
  await rows.nth(before).waitFor({ state: 'attached' });
  expect(await rows.count()).toBeGreaterThan(before);
});

it('is printed without its controls, on light ground', async () => {
  const { page } = await open(month(100), { scheme: 'dark' });
  await page.emulateMedia({ media: 'print', colorScheme: 'light' });
  expect(await page.locator('#filter').isVisible()).toBe(false);
  expect((await page.pdf({ preferCSSPageSize: true })).length).toBeGreaterThan(10_000);
  expect(await page.locator('#list > li').count()).toBe(100);
});

it('keeps its numbers where scripts are off, and says what is missing', async () => {
  const { page } = await open(month(30), { scripts: false });
  expect(await page.locator('.verdict').innerText()).toContain('15 of 30 incidents');
  expect(await page.locator('noscript').innerText()).toContain('drawn by a script');
});
