import { createHash } from 'node:crypto';
import { reportPage } from '../../replay/backtest/page';
import { aSide, anIncident, compared, leftToPeople } from './backtest-sides';

const partsOf = (page: string) => ({
  security: /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? '',
  style: /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? '',
  script: /<script>([\s\S]*?)<\/script>/.exec(page)?.[1] ?? '',
  data: /<script type="application\/json" id="data">([\s\S]*?)<\/script>/.exec(page)?.[1] ?? '',
});
const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

test('the page allows its own style and script, by what they are, and nothing else', () => {
  const { security, style, script } = partsOf(reportPage(compared(aSide([anIncident()]), aSide([leftToPeople()]))));
  expect(style.length * script.length).toBeGreaterThan(0);
  expect(security.split('; ')).toEqual([
    "default-src 'none'",
    `style-src ${hash(style)}`,
    `script-src ${hash(script)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ]);
});

test('the page names no other place', () => {
  const page = reportPage(compared(aSide([anIncident()]), aSide([leftToPeople()])));
  const addresses = [...page.matchAll(/https?:\/\/[^\s"'<]+/g)].map(([address]) => address);
  // The name of SVG, which nothing fetches.
  expect(new Set(addresses)).toEqual(new Set(['http://www.w3.org/2000/svg']));
  expect(page).not.toMatch(/\s(src|on\w+|style)=/);
});

test('no text of a recording ends the data, opens a tag or leaves an attribute', () => {
  const text = `</script><script>alert(1)</script><!--"'>`;
  const incident = anIncident({ resource: `1/2/ec2-instance/${text}`, rule: text, condition: text });
  const page = reportPage({
    ...compared(aSide([incident]), aSide([])),
    verdict: text,
    assumed: [text],
    invalid: [text],
  });
  const { data } = partsOf(page);
  expect((JSON.parse(data) as { incidents: { condition: string }[] }).incidents[0]?.condition).toBe(text);
  expect(page.match(/<script/g)).toHaveLength(2);
  expect(page).not.toContain('<!--');
});

test('what is the same under both policies is told once', () => {
  const page = reportPage(compared(aSide([anIncident()]), aSide([anIncident()])));
  expect(page.match(/started reboot-instance/g)).toHaveLength(1);
});
