import type { Resource } from '../../signals/signal';
import type { Bench } from './account';

/** An account in which a remediation has something to do. */
export interface Scenario {
  readonly remediation: string;
  readonly condition: string;
  /** What the policy says; nothing leaves every default. */
  readonly parameters?: object;
  /** Fills the account and answers what is sick. */
  build(bench: Bench): Resource;
  /** Seconds after which AWS is done with what `start` asked for; each further step of a `continue` takes as long. */
  readonly takes: number;
  /** Lets AWS, or people, be at work on what is sick, or on what it is a part of. */
  putToWork(bench: Bench, sick: Resource): void;
  /** What the plan says would be lost for good; absent where nothing is. */
  readonly loses?: RegExp;
  /** Makes what `build` made sick well again; absent where AWS itself can't tell that it is sick. */
  recover?(bench: Bench, sick: Resource): void;
}

/** At least one of every remediation. */
export const scenarios: readonly Scenario[] = [
  {
    remediation: 'drain-target',
    condition: 'target-unhealthy',
    takes: 300,
    build({ account, resource }: Bench): Resource {
      const ids = ['a', 'b', 'c'].map((letter) => {
        return account.services.ec2.addInstance({ zone: `eu-central-1${letter}` }).id;
      });
      return resource('target-group', withOneUnhealthy(account, ids));
    },
    putToWork({ account }: Bench, { id }: Resource): void {
      const [, other] = account.services.elasticloadbalancing.targetGroup(id)?.targets.values() ?? [];
      const Targets = [{ Id: other?.id }];
      account.call('elasticloadbalancing', 'DeregisterTargets', { TargetGroupArn: id, Targets });
    },
  },
  {
    remediation: 'scale-out-group',
    condition: 'group-overloaded',
    takes: 120,
    build({ account, resource }: Bench): Resource {
      account.services.autoscaling.addGroup({ name: 'web', desired: 2, max: 4, load: 190 });
      return resource('auto-scaling-group', 'web');
    },
    putToWork: refresh,
  },
  {
    remediation: 'reboot-instance',
    condition: 'ec2-instance-impaired',
    takes: 180,
    build({ account, resource }: Bench): Resource {
      const { id } = account.services.ec2.addInstance({ sick: { kind: 'instance' } });
      return resource('ec2-instance', id);
    },
    putToWork: reboot,
    recover({ account }: Bench, { id }: Resource): void {
      account.services.ec2.cure(id);
    },
  },
  {
    remediation: 'stop-start-instance',
    condition: 'ec2-host-impaired',
    takes: 120,
    build({ account, resource }: Bench): Resource {
      const { id } = account.services.ec2.addInstance({ sick: { kind: 'system' } });
      return resource('ec2-instance', id);
    },
    putToWork: reboot,
    recover({ account }: Bench, { id }: Resource): void {
      account.services.ec2.cure(id);
    },
  },
  {
    remediation: 'stop-start-instance',
    condition: 'ec2-instance-retiring',
    parameters: { mayChangePublicAddress: true, force: true, mayLoseLocalData: true },
    takes: 700,
    loses: /^the instance store of i-[0-9a-f]{17}$/,
    build({ account, resource }: Bench): Resource {
      const { id } = account.services.ec2.addInstance({
        type: 'm5d.large',
        sick: { kind: 'retiring' },
        publicAddress: 'ephemeral',
        stopsOnlyByForce: true,
      });
      return resource('ec2-instance', id);
    },
    putToWork: reboot,
  },
  {
    remediation: 'replace-instance',
    condition: 'ec2-instance-impaired',
    takes: 240,
    build({ account, resource }: Bench): Resource {
      const { members } = account.services.autoscaling.addGroup({ name: 'web', desired: 4 });
      const [id = ''] = members.keys();
      account.services.ec2.sicken(id, { kind: 'instance' });
      return resource('ec2-instance', id);
    },
    putToWork: refresh,
  },
  {
    remediation: 'replace-instance',
    condition: 'target-unhealthy',
    parameters: { how: 'terminate', mayLoseLocalData: true },
    takes: 240,
    loses: /^the instance store of i-[0-9a-f]{17} \(c6gd\.large\)$/,
    build({ account, resource }: Bench): Resource {
      const { members } = account.services.autoscaling.addGroup({ name: 'web', desired: 4, type: 'c6gd.large' });
      return resource('target-group', withOneUnhealthy(account, [...members.keys()]));
    },
    putToWork: refresh,
  },
  {
    remediation: 'failover-db-instance',
    condition: 'db-instance-impaired',
    takes: 90,
    build({ account, resource }: Bench): Resource {
      account.services.rds.addDatabase({ id: 'orders', sick: { kind: 'host' } });
      return resource('db-instance', 'orders');
    },
    putToWork: failOver,
  },
  {
    remediation: 'failover-db-cluster',
    condition: 'db-writer-unhealthy',
    takes: 60,
    build({ account, resource }: Bench): Resource {
      account.services.rds.addCluster({ id: 'shop' });
      account.services.rds.sicken('shop');
      return resource('db-cluster', 'shop');
    },
    putToWork: failOver,
  },
  {
    remediation: 'run-ssm-automation',
    condition: 'db-overloaded',
    parameters: {
      document: 'Acme-ShedLoad',
      version: '3',
      assumeRole: 'arn:aws:iam::111122223333:role/homeostat-runbooks',
      inputs: { DBInstanceIdentifier: ['{{resource.id}}'] },
      changeCalendars: ['releases'],
    },
    takes: 60,
    build({ account, resource }: Bench): Resource {
      const { rds, ssm } = account.services;
      const parameters = [{ name: 'DBInstanceIdentifier' }, { name: 'AutomationAssumeRole', default: '' }];
      ssm.addDocument({ name: 'Acme-ShedLoad', version: '3', parameters });
      ssm.addCalendar({ name: 'releases', state: 'OPEN' });
      rds.addDatabase({ id: 'orders', sick: { kind: 'overloaded' } });
      return resource('db-instance', 'orders');
    },
    putToWork({ account }: Bench, { id }: Resource): void {
      const Parameters = { DBInstanceIdentifier: [id] };
      account.call('ssm', 'StartAutomationExecution', {
        DocumentName: 'Acme-ShedLoad',
        DocumentVersion: '3',
        Parameters,
      });
    },
  },
];

function reboot({ account }: Bench, { id }: Resource): void {
  account.call('ec2', 'RebootInstances', { InstanceIds: [id] });
}

function refresh({ account }: Bench): void {
  account.services.autoscaling.group('web')?.refreshes.push({ InstanceRefreshId: 'refresh-1', Status: 'InProgress' });
}

function failOver({ account }: Bench, { id }: Resource): void {
  account.services.rds.failOver(id);
}

/** A target group of these instances, of which the first has just failed its health checks; answers its ARN. */
export function withOneUnhealthy(account: Bench['account'], ids: readonly string[], described: object = {}): string {
  const { elasticloadbalancing } = account.services;
  const group = elasticloadbalancing.addTargetGroup({ name: 'web', targets: ids.map((id) => ({ id })), ...described });
  const [first] = group.targets.values();
  if (first) {
    elasticloadbalancing.health.ail(group, first.id, 'ill');
    Object.assign(first, { state: 'unhealthy', reason: 'Target.FailedHealthChecks' });
  }
  return group.arn;
}
