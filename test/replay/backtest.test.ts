import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backtest } from '../../replay/backtest';
import { compare, type Comparison } from '../../replay/backtest/comparison';
import { playSide, type SideSetting } from '../../replay/backtest/side';
import { impaired } from '../cli/command';

const policyOf = (rules: string, limits = ''): SideSetting['policy'] => ({
  file: 'policy.yaml',
  text: `mode: act
${limits}
rules:
${rules}
contacts: { oncall: { topic: 'arn:aws:sns:eu-central-1:111122223333:oncall' } }
`,
});
const healing = policyOf(
  '  - { name: heal, on: [ec2-instance-impaired], wait: 2m, try: [reboot-instance], escalate: [oncall] }',
);
const calling = policyOf('  - { name: call, on: [ec2-instance-impaired], try: [], escalate: [oncall] }');
const blind = policyOf('  - { name: hosts, on: [ec2-host-impaired], try: [], escalate: [oncall] }');
const waiting = policyOf(
  '  - { name: heal, on: [ec2-instance-impaired], wait: 30m, try: [reboot-instance], escalate: [oncall] }',
);
const rationed = policyOf(
  '  - { name: heal, on: [ec2-instance-impaired], try: [reboot-instance], limits: { perHour: 1 }, escalate: [oncall] }',
);

function recorded(...events: readonly (object | string)[]): SideSetting['recordings'] {
  const file = join(mkdtempSync(join(tmpdir(), 'homeostat-')), 'events.jsonl');
  writeFileSync(file, events.map((event) => (typeof event === 'string' ? event : JSON.stringify(event))).join('\n'));
  return [{ name: 'events', files: [file] }];
}

async function comparing(
  recordings: SideSetting['recordings'],
  old: SideSetting['policy'],
  fresh: SideSetting['policy'],
): Promise<Comparison> {
  const side = (policy: SideSetting['policy']) =>
    playSide({ recordings, policy, mode: 'act', accountFile: undefined, peopleApprove: false });
  return compare({
    old: await side(old),
    new: await side(fresh),
    files: { old: old.file, new: fresh.file },
    mode: 'act',
    peopleApprove: false,
  });
}

test('a policy differs in nothing from itself', async () => {
  const comparison = await comparing(recorded(impaired()), healing, healing);
  expect(comparison.likenesses).toEqual({ otherResult: 0, otherWay: 0, same: 1 });
  expect(comparison.old.all).toEqual(comparison.new.all);
  expect(comparison.old.all).toMatchObject({ acted: 1, writes: 1, peak: { writes: { most: 1 } } });
});

test('what one policy heals and the other leaves to people is told with both rules', async () => {
  const [one] = (await comparing(recorded(impaired()), healing, calling)).incidents;
  expect(one!.old).toMatchObject({ rule: 'heal', outcome: 'resolved' });
  expect(one!.new).toMatchObject({ rule: 'call', outcome: 'escalated', told: [{ contact: 'oncall' }] });
  expect(one!.differences[0]).toEqual({
    what: 'outcome',
    rules: ['heal', 'call'],
    text: 'resolved; now escalated',
  });
});

test('a signal that no rule takes is skipped, counted by its reason, and said of the incident that the other has', async () => {
  const { incidents, new: fresh } = await comparing(recorded(impaired()), healing, blind);
  expect(fresh.skipped).toEqual([{ reason: 'no rule is on ec2-instance-impaired', signals: 1 }]);
  expect(fresh.ignored.noRule).toBe(1);
  expect(incidents[0]).toMatchObject({ new: null, instead: { decision: 'ignored' } });
});

test('a guard that refuses under one policy alone is counted there, and told of the incident', async () => {
  const events = recorded(impaired(), impaired('i-0abc1234567890fff', '2026-03-01T03:20:00Z'));
  const { incidents, old, new: fresh } = await comparing(events, healing, rationed);
  expect(old.all.guards).toEqual([]);
  expect(fresh.all.guards).toMatchObject([{ by: 'per-hour', incidents: 1 }]);
  expect(incidents[1]!.differences.map(({ what }) => what)).toContain('guard');
});

test('a second alarm that opens an incident under one policy and joins one under the other is told so', async () => {
  const again = impaired('i-0abc1234567890def', '2026-03-01T03:30:00Z');
  const events = recorded(impaired(), { ...again, id: '7bf73129-1428-4cd3-a780-000000000002' });
  const { incidents } = await comparing(events, healing, waiting);
  const alone = incidents.find((one) => one.new === null);
  expect(alone).toMatchObject({ instead: { decision: 'joined' } });
  expect(alone!.differences[0]!.text).toContain(`as part of ${incidents[0]!.new!.id}`);
});

test('mode observe holds both sides back', async () => {
  const recordings = recorded(impaired());
  const side = await playSide({
    recordings,
    policy: healing,
    mode: 'observe',
    accountFile: undefined,
    peopleApprove: false,
  });
  expect(side.incidents).toMatchObject([{ outcome: 'observed', writes: [], told: [] }]);
});

test('the phases of an incident follow each other without a gap from its opening to its end', async () => {
  const { incidents } = await comparing(recorded(impaired()), healing, calling);
  const { spans, openedAt, closedAt } = incidents[0]!.old!;
  expect(spans.map(({ phase }) => phase)).toEqual(['waiting', 'touching', 'verifying']);
  expect([openedAt, ...spans.map(({ to }) => to)]).toEqual([...spans.map(({ from }) => from), closedAt]);
  expect(incidents[0]!.new!.spans.at(-1)).toMatchObject({ phase: 'people' });
});

test('two threads come to the same as one after the other, and tell what could not be read', async () => {
  const recordings = recorded(impaired(), '{"version": "0", oops');
  const played = await backtest({ recordings, old: healing, new: calling, mode: 'act' });
  expect(played).toEqual(await comparing(recordings, healing, calling));
  expect(played.invalid).toEqual([expect.stringContaining('events.jsonl:2:')]);
}, 60_000);

test('what goes wrong in a thread is thrown with its own words', async () => {
  const account = join(mkdtempSync(join(tmpdir(), 'homeostat-')), 'account.yaml');
  writeFileSync(account, 'account: 12\n');
  const setting = { recordings: recorded(impaired()), old: healing, new: healing, mode: 'act' } as const;
  await expect(backtest({ ...setting, accountFile: account })).rejects.toThrow(`${account}: The description`);
}, 60_000);
