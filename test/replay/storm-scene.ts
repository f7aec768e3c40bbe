import type { ReplaySetting } from '../../replay/replay';
import { replay } from '../../replay/replay';
import type { ReplayReport } from '../../replay/report';
import { remediations } from '../../remediations';
import type { World } from '../../simulator/world';
import { buildAccount } from '../../simulator/description';
import type { Policy } from '../../statemachines/policy';
import { vitals } from '../../vitals';
import { boldPolicy } from './replaying';

/** What falls sick together: members of one group, of one zone, or anywhere in a region. */
export type Extent = 'group' | 'zone' | 'region';

const account = '111122223333';
const region = 'eu-central-1';
const zones = ['a', 'b', 'c'].map((letter) => `${region}${letter}`);
const start = Date.parse('2026-03-01T10:00:00Z');

interface Member {
  readonly id: string;
  readonly group: string;
  readonly zone: string;
  readonly isSick: boolean;
}

const idOf = (index: number): string => `i-${index.toString(16).padStart(17, '0')}`;

/** So many instances that hang, each in a group whose others are well; of one group, half as many again are well. */
function membersOf(extent: Extent, count: number): readonly Member[] {
  if (extent === 'group') {
    const size = Math.max(4, Math.ceil(count * 1.5));
    return Array.from({ length: size }, (_none, index) => ({
      id: idOf(index),
      group: 'web',
      zone: zones[index % zones.length] ?? '',
      isSick: index < count,
    }));
  }
  return Array.from({ length: count }, (_none, index) =>
    [0, 1, 2].map((place) => ({
      id: idOf(index * 3 + place),
      group: `web-${index}`,
      zone: zones[(place + (extent === 'zone' ? 0 : index)) % zones.length] ?? '',
      isSick: place === 0,
    })),
  ).flat();
}

/** All of it sick for as long as nobody reboots it, with an alarm each. */
function build(world: World, members: readonly Member[]): void {
  const groups = new Map<string, number>();
  for (const { group } of members) groups.set(group, (groups.get(group) ?? 0) + 1);
  buildAccount(world, {
    account,
    region,
    instances: members.map(({ id, group, zone, isSick }) => ({
      id,
      group,
      zone,
      tags: { 'homeostat:heal': 'yes' },
      ...(isSick && { sick: { kind: 'instance' } }),
    })),
    groups: [...groups].map(([name, size]) => ({
      name,
      zones,
      min: 1,
      max: size * 2,
      tags: { 'homeostat:heal': 'yes' },
      suspended: ['ReplaceUnhealthy'],
    })),
    alarms: members
      .filter(({ isSick }) => isSick)
      .map(({ id }) => ({
        name: `status-${id}`,
        metric: { namespace: 'AWS/EC2', name: 'StatusCheckFailed_Instance', dimensions: { InstanceId: id } },
        above: 0,
        every: 60,
        state: 'ALARM',
      })),
  });
}

function alarmOf({ id }: Member, index: number): object {
  const name = `status-${id}`;
  const at = new Date(start + index).toISOString();
  const timestamp = at.replace('Z', '+0000');
  return {
    version: '0',
    id: `00000000-0000-4000-8000-${index.toString(16).padStart(12, '0')}`,
    'detail-type': 'CloudWatch Alarm State Change',
    source: 'aws.cloudwatch',
    account,
    region,
    time: at.replace(/\.\d+Z/, 'Z'),
    resources: [`arn:aws:cloudwatch:${region}:${account}:alarm:${name}`],
    detail: {
      alarmName: name,
      state: { value: 'ALARM', reason: 'Threshold Crossed', timestamp },
      previousState: { value: 'OK', reason: 'Threshold Crossed', timestamp },
      configuration: {
        metrics: [
          {
            id: 'm1',
            metricStat: {
              metric: {
                namespace: 'AWS/EC2',
                name: 'StatusCheckFailed_Instance',
                dimensions: { InstanceId: id },
              },
              period: 60,
              stat: 'Maximum',
            },
            returnData: true,
          },
        ],
      },
    },
  };
}

/** What became of a storm. */
export interface Aftermath {
  readonly report: ReplayReport;
  /** Calls that changed something, in all. */
  readonly writes: number;
  /** Different instances that were changed. */
  readonly touched: number;
  /** Most writes in any ten minutes. */
  readonly busiest: number;
  /** Times that a guard refused, by its name. */
  readonly refused: ReadonlyMap<string, number>;
  /** Messages that people got, over SNS. */
  readonly messages: readonly { readonly at: number; readonly subject: string | undefined; readonly text: string }[];
}

/** Replays so many alarms within a second, with the default policy as if in act and with nobody asked. */
export async function storm(
  extent: Extent,
  count: number,
  policy: Policy = boldPolicy,
  listening: Pick<ReplaySetting, 'onCommit' | 'onHistory'> = {},
): Promise<Aftermath> {
  const members = membersOf(extent, count);
  let made: World | undefined;
  const refused = new Map<string, number>();
  const setting: ReplaySetting = {
    policy,
    remediations: new Map(remediations.map((one) => [one.name, one])),
    vitals: new Map(vitals.map((one) => [one.kind, one])),
    build: (world) => {
      made = world;
      build(world, members);
    },
    ...listening,
    onCommit: (commit) => {
      listening.onCommit?.(commit);
      for (const { event } of commit.entries) {
        if (event.type !== 'admission.refused') continue;
        for (const { guard } of event.refusals) refused.set(guard, (refused.get(guard) ?? 0) + 1);
      }
    },
  };
  async function* recorded() {
    for (const [index, member] of members.filter(({ isSick }) => isSick).entries()) {
      yield { kind: 'event' as const, event: alarmOf(member, index), position: `alarm ${index}` };
    }
  }
  const report = await replay(recorded(), setting);
  const writes = report.incidents.flatMap(({ calls }) => calls.filter(({ access }) => access === 'write'));
  const times = writes.map(({ at }) => Date.parse(at)).sort((one, other) => one - other);
  return {
    report,
    writes: writes.length,
    touched: new Set(writes.map(({ input }) => JSON.stringify(input))).size,
    busiest: Math.max(0, ...times.map((time) => times.filter((at) => at >= time && at < time + 600_000).length)),
    refused,
    messages: Object.values(policy.contacts).flatMap((contact) => {
      if (!('topic' in contact)) return [];
      const { topic } = contact;
      const [, , , of = '', owner = ''] = topic.split(':');
      const { published } = (made as World).account(owner, of).services.sns;
      return published.map(({ at, subject, message }) => ({ at, subject, text: message }));
    }),
  };
}
