import { remediations } from '../remediations';
import type { Recorded } from '../replay/recorded-events';
import { replay } from '../replay/replay';
import { readPolicyFrom } from '../runtime/policy-file';
import type { Policy } from '../statemachines/policy';
import { vitals } from '../vitals';

const start = Date.parse('2026-03-01T00:00:00Z');

/** A policy that heals each instance by a reboot, with limits that never stand in the way. */
export function benchPolicy(): Policy {
  const read = readPolicyFrom(
    `mode: act
limits:
  account: { atOnce: 1000, perHour: 1000 }
  storm: { group: 100, zone: 100, region: 100 }
rules:
  - name: instances
    on: [ec2-instance-impaired]
    try: [reboot-instance]
    limits: { atOnce: 1000, perHour: 1000 }
    escalate: [oncall]
contacts: { oncall: { topic: 'arn:aws:sns:eu-central-1:111122223333:oncall' } }
`,
    'bench',
  );
  if (read.kind === 'errors') throw new Error(read.errors.map(({ message }) => message).join('; '));
  return read.policy;
}

/** An alarm every ten seconds, each on another instance. Made as they are asked for: nothing holds them all. */
export async function* alarms(count: number): AsyncGenerator<Recorded> {
  for (let index = 0; index < count; index += 1) {
    yield { kind: 'event', event: alarm(index), position: `alarm ${index}` };
  }
}

function alarm(index: number): object {
  const hex = index.toString(16).padStart(12, '0');
  const name = `status-${index}`;
  const at = new Date(start + index * 10_000).toISOString().replace('Z', '+0000');
  const dimensions = { InstanceId: `i-00000${hex}` };
  return {
    version: '0',
    id: `00000000-0000-4000-8000-${hex}`,
    'detail-type': 'CloudWatch Alarm State Change',
    source: 'aws.cloudwatch',
    account: '111122223333',
    time: at.replace(/\.000\+0000$/, 'Z'),
    region: 'eu-central-1',
    resources: [`arn:aws:cloudwatch:eu-central-1:111122223333:alarm:${name}`],
    detail: {
      alarmName: name,
      state: { value: 'ALARM', reason: 'Threshold Crossed', timestamp: at },
      previousState: { value: 'OK', reason: 'Threshold Crossed', timestamp: at },
      configuration: {
        metrics: [
          {
            id: 'm1',
            metricStat: {
              metric: { namespace: 'AWS/EC2', name: 'StatusCheckFailed_Instance', dimensions },
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

/** Replays so many alarms; answers how many incidents were resolved, and in how many seconds. */
export async function heal(count: number): Promise<{ readonly resolved: number; readonly seconds: number }> {
  const began = process.hrtime.bigint();
  const { incidents } = await replay(alarms(count), {
    policy: benchPolicy(),
    remediations: new Map(remediations.map((one) => [one.name, one])),
    vitals: new Map(vitals.map((one) => [one.kind, one])),
  });
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  return { resolved: incidents.filter(({ outcome }) => outcome === 'resolved').length, seconds };
}
