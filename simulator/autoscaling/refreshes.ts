import type { InstanceRefresh } from '@aws-sdk/client-auto-scaling';
import { z } from 'zod';
import { Refusal } from '../refusal';
import type { SimulatedAccount } from '../world';
import type { GroupKeeper } from './group-keeper';
import type { Member, ScalingGroup } from './scaling-group';

const statuses = ['Pending', 'InProgress', 'Baking', 'Cancelling', 'Failed', 'Successful'] as const;

/** An instance refresh as one describes it: its status alone, which stays as it is, or what it has done so far. */
export const refreshSchema = z.union([
  z.enum(statuses),
  z.strictObject({
    status: z.enum(statuses),
    /** Minutes before the start of the account. */
    minutesAgo: z.number().nonnegative(),
    /** Version of the launch template that it rolls out; without one it has no desired configuration. */
    version: z.string().optional(),
    /** Members that it has replaced: they run that version. All others have long been there. */
    updated: z.array(z.string()).readonly().default([]),
  }),
]);
export type RefreshDescription = z.infer<typeof refreshSchema>;

const second = 1_000;
/** How often it looks whether the next member can be replaced, and how soon a cancellation is over. */
const pace = 15 * second;

/** The refreshes that a group has had when it is described. */
export function refreshesOf(
  account: SimulatedAccount,
  group: string,
  described: RefreshDescription | undefined,
): InstanceRefresh[] {
  if (described === undefined) return [];
  const { status, minutesAgo, version } =
    typeof described === 'string' ? { status: described, minutesAgo: 0, version: undefined } : described;
  return [
    {
      InstanceRefreshId: account.newId('refresh-'),
      AutoScalingGroupName: group,
      Status: status,
      StartTime: new Date(account.clock.now() - minutesAgo * 60 * second),
      ...(version !== undefined && {
        DesiredConfiguration: { LaunchTemplate: { LaunchTemplateId: 'lt-0a1b2c3d4e5f67890', Version: version } },
      }),
    },
  ];
}

/** Instance refreshes that are taken back or stopped. That one begins, or goes on, is not simulated. */
export class Refreshes {
  constructor(
    private readonly account: SimulatedAccount,
    private readonly keeper: GroupKeeper,
  ) {}

  /** What the refresh has replaced so far is young, and all others are old. */
  date({ members, refreshes }: ScalingGroup, described: RefreshDescription | undefined): void {
    if (described === undefined || typeof described === 'string') return;
    const begun = refreshes[0]?.StartTime?.getTime() ?? 0;
    for (const id of members.keys()) {
      const instance = this.account.services.ec2.instance(id);
      if (instance) instance.launchedAt = begun + (described.updated.includes(id) ? 60 : -86_400) * second;
    }
  }

  /** Every member that it has launched is replaced by one of the version before, one at a time. */
  rollBack(group: ScalingGroup): string {
    const refresh = activeIn(group, ['Pending', 'InProgress', 'Baking']);
    const version = refresh.DesiredConfiguration?.LaunchTemplate?.Version;
    if (version === undefined || version.startsWith('$')) {
      throw new Refusal(
        'IrreversibleInstanceRefreshFault',
        'The instance refresh has no desired configuration, or the launch template version is not a number.',
      );
    }
    refresh.Status = 'RollbackInProgress';
    refresh.RollbackDetails = {
      RollbackReason: 'Manual rollback',
      RollbackStartTime: new Date(this.account.clock.now()),
    };
    // What is launched from now on is of the version before.
    group.newInstancesAre = 'healthy';
    group.launches = 'succeed';
    const begun = refresh.StartTime?.getTime() ?? 0;
    const updated = [...group.members.values()].filter(({ id }) => {
      const instance = this.account.services.ec2.instance(id);
      return instance !== undefined && instance.launchedAt > begun;
    });
    this.keeper.reconsider(group);
    this.#step(group, refresh, updated);
    return refresh.InstanceRefreshId ?? '';
  }

  /** It stops; what it has replaced stays so. */
  cancel(group: ScalingGroup): string {
    const refresh = activeIn(group, ['Pending', 'InProgress', 'Baking', 'RollbackInProgress']);
    refresh.Status = 'Cancelling';
    this.account.clock.after(2 * pace, () => {
      end(refresh, 'Cancelled', this.account.clock.now());
    });
    return refresh.InstanceRefreshId ?? '';
  }

  #step(group: ScalingGroup, refresh: InstanceRefresh, left: Member[]): void {
    if (refresh.Status !== 'RollbackInProgress') return;
    const inService = [...group.members.values()].filter(({ lifecycle }) => lifecycle === 'InService');
    const isComplete = inService.length >= group.desired && inService.length === group.members.size;
    const next = left.find((member) => inService.includes(member));
    if (isComplete && !next) {
      end(refresh, 'RollbackSuccessful', this.account.clock.now());
      return;
    }
    if (next && isComplete) {
      left.splice(left.indexOf(next), 1);
      this.keeper.terminate(group, next, 'an instance was taken out of service by the rollback of a refresh.');
    }
    this.account.clock.after(pace, () => {
      this.#step(group, refresh, left);
    });
  }
}

function activeIn({ refreshes, name }: ScalingGroup, among: readonly string[]): InstanceRefresh {
  const refresh = refreshes.find(({ Status = '' }) => among.includes(Status));
  if (refresh) return refresh;
  throw new Refusal(
    'ActiveInstanceRefreshNotFoundFault',
    `No in progress or pending Instance Refresh found for ${name}`,
  );
}

function end(refresh: InstanceRefresh, status: 'Cancelled' | 'RollbackSuccessful', now: number): void {
  if (refresh.Status !== 'Cancelling' && refresh.Status !== 'RollbackInProgress') return;
  refresh.Status = status;
  refresh.EndTime = new Date(now);
}
