import type { Resource } from '../../../signals/signal';
import type { Bench } from '../account';
import { groupWithTargets, webIds } from '../group-with-targets';
import type { Scenario } from '../scenario';

const updated = webIds.slice(0, 1);
const underWay = { status: 'InProgress', minutesAgo: 10, updated } as const;

/** The refresh is being taken back, or stopped, by somebody else. */
function takenBack({ account }: Bench): void {
  Object.assign(account.services.autoscaling.group('web')?.refreshes[0] ?? {}, { Status: 'RollbackInProgress' });
}

function recover({ account: { services } }: Bench): void {
  const group = services.elasticloadbalancing.targetGroup('web');
  if (group) services.elasticloadbalancing.health.ail(group, webIds[0] ?? '', 'well');
}

/** What it is held to its contract with. */
export const scenarios: readonly Scenario[] = [
  {
    condition: 'target-unhealthy',
    takes: 600,
    build: (on: Bench): Resource =>
      on.resource('target-group', groupWithTargets(on, { refresh: { ...underWay, version: '4' } }).arn),
    putToWork: takenBack,
    recover,
  },
  {
    condition: 'group-launch-failing',
    takes: 600,
    build(on: Bench): Resource {
      const { group } = groupWithTargets(on, { launches: 'fail', refresh: { ...underWay, version: '4' } });
      failedLaunch(on, group, 60);
      return on.resource('auto-scaling-group', 'web');
    },
    putToWork: takenBack,
  },
  {
    // It names no version, so that it can only be stopped.
    condition: 'target-unhealthy',
    parameters: { ifIrreversible: 'cancel' },
    takes: 120,
    build: (on: Bench): Resource => on.resource('target-group', groupWithTargets(on, { refresh: underWay }).arn),
    putToWork: takenBack,
    recover,
  },
];

/** A launch of the group failed so many seconds ago. */
export function failedLaunch(
  { account, clock }: Bench,
  group: ReturnType<typeof groupWithTargets>['group'],
  secondsAgo: number,
): void {
  const at = clock.now() - secondsAgo * 1000;
  group.activities.push({
    id: account.newId('activity-'),
    group: group.name,
    groupArn: group.arn,
    kind: 'launch',
    description: 'Launching a new EC2 instance. Status Reason: The image id [ami-0bad] does not exist.',
    cause: 'an instance was started in response to a refresh',
    startedAt: at,
    zone: 'eu-central-1a',
    subnet: 'subnet-1a000000',
    status: 'Failed',
    message: 'The image id [ami-0bad] does not exist. Launching EC2 instance failed.',
    endedAt: at,
  });
}
