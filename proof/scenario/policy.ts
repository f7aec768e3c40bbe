import { remediations } from '../../remediations';
import type { Randomness } from '../randomness';
import { estateConditions, estateRules } from './estates';
import { accountId, region } from './account';

const yes = (random: Randomness): string =>
  random.chance(0.06) ? 'twoPeople' : random.chance(0.2) ? 'required' : 'notRequired';

/** Some hold back for a while: the strictest of what is open applies. */
function windowIn(random: Randomness): string {
  const then = random.pick(['observe', 'approve']);
  return random.chance(0.1)
    ? `windows: [{ name: freeze, cron: '${random.between(0, 40)} 9 * * *', for: ${random.between(10, 40)}m, then: ${then} }]\n`
    : '';
}

/** Remediations that can take a snapshot first. */
const snapshotting = remediations.filter(({ snapshots }) => typeof snapshots === 'object').map(({ name }) => name);

/** A policy as operators write it: the ladders of the default policy, with limits, waits and people of their own. */
export function drawPolicy(random: Randomness): string {
  const mode = random.chance(0.72) ? 'act' : random.chance(0.7) ? 'approve' : 'observe';
  const loose = mode === 'approve' ? {} : { approval: yes(random) };
  const snapshots = random.of('snapshots');
  const rung = (name: string, parameters: object = {}): string => {
    const first = snapshotting.includes(name) && snapshots.chance(0.15) && { snapshotFirst: true };
    return `${name}: ${JSON.stringify({ ...parameters, ...first, ...(mode === 'act' && loose) })}`;
  };
  const wait = (short: number, long: number): string => `${random.between(short, long)}m`;
  const pick = (...from: readonly [number, ...number[]]): number => random.pick(from);
  const minHealthy = random.pick(['50%', '34%', '1', '75%']);
  return `mode: ${mode}
accounts: ['${accountId}']
limits:
  account: { atOnce: ${pick(1, 2, 3, 5)}, perHour: ${pick(2, 4, 8, 12)} }
  group: { perHour: ${pick(1, 2, 4)} }
  storm: { group: ${pick(3, 4)}, zone: ${pick(3, 4, 6)}, region: ${pick(5, 8, 15)}, within: 5m, sick: ${pick(40, 60)}%, coolDown: ${pick(5, 10)}m, pace: 2m }
defaults:
  holdDown: ${pick(0, 1, 2)}m
  verify: { within: ${pick(5, 10)}m, healthyFor: ${pick(1, 3)}m }
  limits: { atOnce: ${pick(1, 1, 2)}, perHour: ${pick(1, 2, 4)}, minHealthy: ${minHealthy}, attempts: ${pick(1, 2, 3)}, backoff: ${pick(1, 5, 15)}m, recursWithin: 2h }
  approval: { within: ${pick(5, 15, 30)}m }
  escalate: [oncall, { manager: { after: 10m } }]
rules:
  - name: batch
    on: [ec2-instance-impaired]
    where: { tags: { service: batch } }
    wait: 1m
    try: [{ ${rung('run-ssm-automation', {
      document: 'Batch-GrowFilesystem',
      version: '3',
      assumeRole: `arn:aws:iam::${accountId}:role/batch-grow-filesystem`,
      inputs: { InstanceId: ['{{resource.id}}'] },
    })} }]
  - name: instance-impaired
    on: [ec2-instance-impaired]
    wait: ${wait(0, 3)}
    try: [{ ${rung('reboot-instance')} }, { ${rung('replace-instance')} }, { ${rung('stop-start-instance', { evenIfHostIsWell: true })} }]
  - name: host-impaired
    on: [ec2-host-impaired]
    wait: ${wait(0, 5)}
    try: [{ ${rung('replace-instance')} }, { ${rung('stop-start-instance')} }]
  - name: instance-retiring
    on: [ec2-instance-retiring]
    try: [{ ${rung('replace-instance')} }, { ${rung('stop-start-instance')} }]
  - name: group-overloaded
    on: [group-overloaded]
    wait: ${wait(0, 5)}
    try: [{ ${rung('scale-out-group')} }]
  - name: target-unhealthy
    on: [target-unhealthy]
    wait: ${wait(0, 3)}
    try: [{ ${rung('drain-target')} }, { ${rung('replace-instance')} }, { ${rung('standby-instance')} }]
  - name: db-instance-impaired
    on: [db-instance-impaired]
    wait: ${wait(0, 3)}
    try: [{ ${rung('failover-db-instance')} }, { ${rung('reboot-db-instance')} }]
  - name: db-writer-unhealthy
    on: [db-writer-unhealthy]
    wait: ${wait(0, 3)}
    try: [{ ${rung('failover-db-cluster')} }, { ${rung('reboot-db-instance')} }]
${estateRules(rung)}conditions: ${JSON.stringify(estateConditions())}
${windowIn(random.of('window'))}contacts:
  oncall: { topic: 'arn:aws:sns:${region}:${accountId}:oncall', format: email }
  manager: { topic: 'arn:aws:sns:${region}:${accountId}:manager', format: email }
`;
}
