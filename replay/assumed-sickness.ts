import type { Signal } from '../signals/signal';
import type { SimulatedAccount } from '../simulator/world';
import { optInTag } from '../statemachines/guards/consent';
import type { RecordedAlarm } from './recorded-alarm';

/** How a resource is made up, made sick and made well. */
export interface AssumedSickness {
  /** Makes it up if it is not there; answers what was assumed, for people. */
  ensure(): string | undefined;
  sicken(): void;
  recover(): void;
}

/** CPU percent of one member's worth of work that leaves a group at ease, and that overloads it. */
const load = { easy: 40, heavy: 97 };
/** By how much an overloaded group is beyond its alarm's threshold: one more member in three can carry it. */
const overload = 1.2;
const members = 3;
const spotNotice = 2 * 60_000;
/** Nobody records consent: without it nothing would ever be tried on what is made up. */
const tags = { [optInTag.key]: optInTag.value };

type Sick = Exclude<Signal, { kind: 'progress' }>;

/** What the signal's sickness means in a simulated account; undefined for what is not simulated. `alarm` told of it. */
export function assumedSickness(
  account: SimulatedAccount,
  signal: Sick,
  alarm: RecordedAlarm | undefined,
): AssumedSickness | undefined {
  const { kind } = signal.resource;
  if (kind === 'ec2-instance') return ofInstance(account, signal);
  if (kind === 'auto-scaling-group') return ofGroup(account, signal, alarm?.threshold);
  if (kind === 'target-group') return ofTargets(account, signal, alarm?.measures?.metric.dimensions['LoadBalancer']);
  if (kind === 'db-instance') return ofDatabase(account, signal);
  return kind === 'db-cluster' ? ofCluster(account, signal) : undefined;
}

function ofInstance(
  { services: { ec2 }, clock }: SimulatedAccount,
  { resource: { id }, condition }: Sick,
): AssumedSickness {
  const isSpot = condition.startsWith('spot-');
  const kind =
    condition === 'ec2-host-impaired' ? 'system' : condition === 'ec2-instance-retiring' ? 'retiring' : 'instance';
  return {
    ensure: () => {
      if (ec2.instance(id)) return undefined;
      ec2.addInstance({ id, lifecycle: isSpot ? 'spot' : 'on-demand', tags });
      return `${id} runs ${isSpot ? 'as a Spot instance' : 'from an EBS volume'}, in no group`;
    },
    sicken: () => {
      // Whoever described it as sick has said what helps.
      if (!isSpot && !ec2.instance(id)?.sicknesses.has(kind)) ec2.sicken(id, { kind });
      // AWS takes it, whatever we do.
      if (condition === 'spot-instance-interrupted') {
        clock.after(spotNotice, () => {
          terminateIfThere(ec2, id);
        });
      }
    },
    recover: () => {
      if (ec2.instance(id)) ec2.cure(id);
    },
  };
}

function terminateIfThere(ec2: SimulatedAccount['services']['ec2'], id: string): void {
  if (ec2.instance(id)?.power === 'running') ec2.terminate(id);
}

function ofGroup(
  { services: { autoscaling } }: SimulatedAccount,
  { resource: { id }, condition }: Sick,
  threshold: number | undefined,
): AssumedSickness {
  const heavy =
    threshold === undefined || threshold <= load.easy ? load.heavy : Math.min(load.heavy, overload * threshold);
  const size = (): number => autoscaling.group(id)?.desired ?? members;
  return {
    ensure: () => {
      if (autoscaling.group(id)) return undefined;
      autoscaling.addGroup({ name: id, desired: members, min: 1, max: 2 * members, load: members * load.easy, tags });
      return `group ${id} has ${members} healthy members and may have ${2 * members}`;
    },
    sicken: () => {
      if (condition === 'group-overloaded') autoscaling.setLoad(id, size() * heavy);
      else if (condition === 'group-launch-failing') autoscaling.setLaunches(id, 'fail');
    },
    recover: () => {
      if (!autoscaling.group(id)) return;
      autoscaling.setLoad(id, size() * load.easy);
      autoscaling.setLaunches(id, 'succeed');
    },
  };
}

function ofTargets(
  { services }: SimulatedAccount,
  { resource: { id: arn }, condition }: Sick,
  loadBalancer: string | undefined,
): AssumedSickness {
  const { autoscaling, ec2, elasticloadbalancing } = services;
  const name = arn.split('/')[1] ?? arn;
  const targets = () => [...(elasticloadbalancing.targetGroup(arn)?.targets.values() ?? [])];
  const isIll = (id: string): boolean => ec2.instance(id)?.sicknesses.has('application') ?? false;
  // A recording tells what health checks have found, not what they are about to find.
  const findNow = (): void => {
    const group = elasticloadbalancing.targetGroup(arn);
    if (group) elasticloadbalancing.health.findNow(group);
  };
  return {
    ensure: () => {
      if (elasticloadbalancing.targetGroup(arn)) return undefined;
      elasticloadbalancing.addTargetGroup({ name, arn, loadBalancer, tags });
      autoscaling.addGroup({
        name: `${name}-group`,
        desired: members,
        min: 1,
        max: 2 * members,
        targetGroups: [arn],
        tags,
      });
      findNow();
      return `target group ${name} has ${members} targets, members of a group`;
    },
    sicken: () => {
      const [first] = targets();
      if (!first || targets().some(({ id }) => isIll(id))) return;
      ec2.sicken(first.id, { kind: 'application', passesHealthChecks: condition === 'target-erroring' });
      findNow();
    },
    recover: () => {
      for (const { id } of targets().filter((target) => isIll(target.id))) ec2.cure(id);
      findNow();
    },
  };
}

function ofDatabase({ services: { rds } }: SimulatedAccount, { resource: { id }, condition }: Sick): AssumedSickness {
  return {
    ensure: () => {
      if (rds.holds(id)) return undefined;
      rds.addDatabase({ id, tags });
      return `database ${id} is Multi-AZ, its standby well`;
    },
    sicken: () => {
      if (condition === 'db-storage-low') rds.setFreeStorage(id, 1);
      else if (condition === 'db-overloaded') rds.sicken(id, { kind: 'overloaded' });
      else if (condition === 'db-instance-impaired') rds.sicken(id);
    },
    recover: () => {
      if (rds.holds(id)) rds.cure(id);
    },
  };
}

function ofCluster({ services: { rds } }: SimulatedAccount, { resource: { id }, condition }: Sick): AssumedSickness {
  return {
    ensure: () => {
      if (rds.holds(id)) return undefined;
      rds.addCluster({ id, tags, members: [1, 2].map((place) => ({ id: `${id}-${place}`, tags })) });
      return `cluster ${id} has a writer and a reader of one size, the reader well`;
    },
    sicken: () => {
      if (condition === 'db-overloaded') rds.sicken(id, { kind: 'overloaded' });
      else if (condition === 'db-writer-unhealthy') rds.sicken(id);
    },
    recover: () => {
      if (rds.holds(id)) rds.cure(id);
    },
  };
}
