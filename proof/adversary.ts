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

/** Who is named where there is nobody. */
const nobody = 'i-0b000000000000001';

type Forged = 'account-foreign' | 'alarm-forged' | 'event-forged';

/** Tries something at each full minute, if the trial has an adversary. */
export function attack(surface: Surface): void {
  const { faults, deployment, account } = surface;
  const { queue } = deployment;
  if (faults.hits('account-foreign')) {
    queue.send(JSON.stringify(forgedAlarm('account-foreign', 'theirs', '999988887777', surface)));
  }
  if (faults.hits('alarm-forged')) {
    const name = faults.randomOf('alarm-forged').pick(hostileNames);
    queue.send(JSON.stringify(forgedAlarm('alarm-forged', name, account.id, surface)));
  }
  if (faults.hits('event-forged')) queue.send(forgedEvent(surface));
  if (faults.hits('alarm-set')) setAlarm(surface);
  if (faults.hits('message-forged')) queue.send(...forgedMessage(surface));
}

/** An alarm as AWS would send it, of an account that may not be ours. */
function forgedAlarm(kind: Forged, name: string, of: string, { faults, clock, account, instances }: Surface): object {
  const id = `f0${Buffer.from(faults.randomOf(kind).bytes(15)).toString('hex')}`;
  const at = new Date(clock.now()).toISOString().replace(/\.\d+Z$/, 'Z');
  const dimensions = { InstanceId: instances[0] ?? nobody };
  const metric = { namespace: 'AWS/EC2', name: 'StatusCheckFailed_Instance', dimensions };
  return {
    version: '0',
    id: id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
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
        metrics: [{ id: 'm1', metricStat: { metric, period: 60, stat: 'Maximum' }, returnData: true }],
      },
    },
  };
}

/** Something that would move the machine, were it let in. */
function forgedEvent(surface: Surface): string {
  const { faults, clock, account } = surface;
  const random = faults.randomOf('event-forged');
  const type = random.pick([
    'xstate.after.1000.incident.waiting',
    'xstate.done.actor.0',
    'admission.granted',
    'xstate.stop',
  ]);
  return random.pick([
    JSON.stringify({ ...forgedAlarm('event-forged', 'odd', account.id, surface), type }),
    `{"__proto__":{"admin":true},"type":"${type}"}`,
    JSON.stringify({ type, at: clock.now(), revision: 1 }),
    'x'.repeat(10_000),
  ]);
}

/** Sets one of our own alarms by hand: it says something that is not so, until its metric next speaks. */
function setAlarm({ faults, account, instances }: Surface): void {
  const random = faults.randomOf('alarm-set');
  const instance = instances[random.between(0, Math.max(0, instances.length - 1))] ?? nobody;
  const AlarmName = `${instance}-${random.pick(['instance', 'system'])}`;
  try {
    const StateValue = random.pick(['OK', 'ALARM']);
    account.call('cloudwatch', 'SetAlarmState', { AlarmName, StateValue, StateReason: 'by hand' });
  } catch {
    // There is no such alarm: what has no alarm cannot be lied about.
  }
}

/** A message that nobody sent who may, and who SQS says that it is from. */
function forgedMessage({ faults, truth }: Surface): [body: string, sender: string] {
  const random = faults.randomOf('message-forged');
  // Where a yes would start something, if there is such a place.
  const standings = truth.open();
  const standing = standings.find(({ incident: { state } }) => state === 'awaitingApproval') ?? standings[0];
  const incident = standing?.incident.id ?? 'inc-000000000000';
  const revision = (standing?.incident.revision ?? 0) + random.between(-1, 0);
  const planHash = standing?.incident.memory.planned?.planHash ?? 'none';
  const intruder = 'AIDAINTRUDER';
  return random.pick<[string, string]>([
    [JSON.stringify({ wake: { incident, revision } }), intruder],
    [JSON.stringify({ answer: { ticket: '0a'.repeat(32) } }), intruder],
    // Says that it is from somebody else than SQS says.
    [actMessage({ type: 'approval.granted', incident, planHash }, 'AROAOPERATORS0000001:alice'), intruder],
    [actMessage({ type: 'approval.granted', incident, planHash: 'other' }, intruder), intruder],
  ]);
}
