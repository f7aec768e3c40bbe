import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { aFile, homeostat, impaired, root } from './command';

jest.setTimeout(60_000);

const stricter = join(root, 'docs/examples/stricter.yaml');
const twoWeeks = aFile(
  'events.jsonl',
  [impaired(), impaired('i-0abc1234567890fff', '2026-03-14T03:12:04Z')]
    .map((event) => JSON.stringify(event))
    .join('\n'),
);

describe('homeostat backtest', () => {
  it('compares with the default policy, in one sentence and in numbers, and writes the report beside that', async () => {
    const report = aFile('report.html', '');
    const { status, out, err } = await homeostat('backtest', twoWeeks, '--policy', stricter, '--html', report);
    expect([status, err]).toEqual([0, '']);
    expect(out).toContain(`The report is in ${report}`);
    expect(readFileSync(report, 'utf8')).toMatch(/^<!doctype html>/);
    expect(out).toContain('2 events, 2026-03-01T03:12:04Z to 2026-03-14T03:12:04Z\n  old: policies/default.yaml');
    expect(out).toContain('The new policy comes to the same in all 2 incidents, in 2 of them by another way.');
    expect(out).toMatch(/resources touched in the busiest hour +1 +1\n/);
    expect(out).toContain('How AWS would really have answered: a simulated account answers');
    expect(out).toContain('i-0abc1234567890def runs from an EBS volume, in no group');
  });

  it('prints with --json the one object that scripts rely on; what cannot be read is told, and ends it with status 1', async () => {
    const file = aFile('events.jsonl', `${readFileSync(twoWeeks, 'utf8')}\n{"version": "0", oops`);
    const { status, out, err } = await homeostat('backtest', file, '--policy', stricter, '--json');
    expect(status).toBe(1);
    expect(err).toContain(`homeostat: ${file}:3:`);
    const told = JSON.parse(out) as Record<string, Record<string, unknown>> & { incidents: Record<string, object>[] };
    expect(Object.keys(told)).toEqual([
      'period',
      'mode',
      'peopleApprove',
      'events',
      'invalid',
      'verdict',
      'likenesses',
      'old',
      'new',
      'rules',
      'incidents',
      'assumed',
      'notKnown',
    ]);
    expect(Object.keys(told['new']!)).toEqual([
      'policy',
      'decisions',
      'ignored',
      'skipped',
      'incidents',
      'acted',
      'outcomes',
      'writes',
      'guards',
      'remediations',
      'people',
      'peakPerHour',
    ]);
    expect(Object.keys(told.incidents[0]!['new']!)).toEqual([
      'id',
      'rule',
      'condition',
      'resource',
      'mode',
      'outcome',
      'openedAt',
      'closedAt',
      'attempts',
      'writes',
      'saidNo',
      'told',
      'timeline',
    ]);
    expect(told['new']!['peakPerHour']).toEqual({
      resources: { most: 1, from: '2026-03-01T03:17:04Z' },
      writes: { most: 1, from: '2026-03-01T03:17:04Z' },
    });
  });

  it('tells a bad policy with line and column, as check does, and plays nothing', async () => {
    const bad = aFile('policy.yaml', 'mode: act\nrules: []\ncontacts: {}\nwhat: 1\n');
    const { status, out, err } = await homeostat('backtest', twoWeeks, '--policy', bad);
    expect([status, out]).toEqual([1, '']);
    expect(err).toContain('homeostat: the policy cannot be used');
    const [fault = ''] = (await homeostat('check', bad)).err.split('\n');
    expect(fault).toContain(`${bad}:4:1: error`);
    expect(err).toContain(fault);
  });

  it.each([
    [['backtest', twoWeeks], "required option '--policy <file>' not specified"],
    [['backtest', '--policy', stricter], "missing required argument 'events'"],
    [['backtest', twoWeeks, '--policy', '/no/policy.yaml'], 'there is no file or folder /no/policy.yaml'],
    [['backtest', '/no/events.jsonl', '--policy', stricter], 'there is no file or folder /no/events.jsonl'],
    [
      ['backtest', twoWeeks, '--policy', stricter, '--html', '/no/folder/report.html'],
      'there is no file or folder /no/folder',
    ],
    [['backtest', twoWeeks, '--policy', stricter, '--mode', 'dance'], 'Allowed choices are observe, approve, act'],
  ])('%j is wrong usage: status 2, one plain sentence', async (words, sentence) => {
    const { status, err } = await homeostat(...words);
    expect(status).toBe(2);
    expect(err).toContain(sentence);
  });
});
