import { z } from 'zod';
import type { Calls } from '../../vitals/aws';
import { capacityOf, groupResource, healthyMembers, type AutoScalingGroup } from '../../vitals/auto-scaling/group';
import { refreshReads } from '../../vitals/auto-scaling/group-activity';
import { isForward, readActive, readRefreshes, type InstanceRefresh } from '../../vitals/auto-scaling/instance-refresh';
import { defineRemediation } from '../remediation';
import { leaveOnGroups } from './group/leave';
import { findTrouble, olderThan, troubleReads } from './rollback-group-refresh/trouble';

const parameters = z.strictObject({
  /** Of a refresh that Auto Scaling can't take back: `cancel` stops it, and keeps what it has replaced so far. */
  ifIrreversible: z.enum(['refuse', 'cancel']).default('refuse'),
});
type Parameters = z.infer<typeof parameters>;

const planned = parameters.extend({
  /** What was reported. */
  sick: z.strictObject({ kind: z.enum(['auto-scaling-group', 'target-group']), id: z.string() }),
  condition: z.string(),
  group: z.string(),
  /** Before-image: another refresh is another decision of people. */
  refresh: z.string(),
  how: z.enum(['rollback', 'cancel']),
});

/** Takes back an instance refresh that is under way: all that it has replaced is replaced by what was there before. */
export const rollbackGroupRefresh = defineRemediation({
  name: 'rollback-group-refresh',
  title: 'Roll an instance refresh back',
  when: 'An instance refresh is under way, and only what it has launched is bad, or its launches fail.',
  whenNot: 'Members that were there before are bad as well, or the refresh names no version that could be taken back.',
  heals: ['target-unhealthy', 'target-erroring', 'group-launch-failing'],
  takes: ['auto-scaling-group', 'target-group'],
  risk: 'medium',
  needsApproval: false,
  parameters,
  permissions: {
    read: [...troubleReads, ...refreshReads],
    write: leaveOnGroups('autoscaling:RollbackInstanceRefresh', 'autoscaling:CancelInstanceRefresh'),
  },
  // The group picks the members that it ends.
  snapshots: 'noneCanBeMade',
  // Minutes for each member, one batch after the other.
  patience: { checkEvery: 60, giveUpAfter: 5400 },
  interrupts: true,
  unseen: 'Auto Scaling does not say who rolled a refresh back, or cancelled it',
  planned,

  async plan({ resource, condition }, chosen, aws) {
    const kind = resource.kind === 'target-group' ? 'target-group' : 'auto-scaling-group';
    const sick = { kind, id: resource.id } as const;
    const found = await findTrouble(sick, condition, aws);
    if (found.kind !== 'found') return found;
    const { group } = found;
    const { name } = group;
    const refresh = await readActive(name, aws);
    if (!refresh) return { kind: 'refused', reason: `no instance refresh of ${name} is under way` };
    if (!isForward(refresh))
      return { kind: 'busy', reason: `the instance refresh of ${name} is ${refresh.status} already` };
    const older = await olderThan(refresh.startedAt, found, condition, aws);
    if (older) return { kind: 'refused', reason: older };
    const way = wayBack(group, refresh, chosen);
    if (way.kind === 'refused') return way;
    const verb = way.how === 'rollback' ? 'roll back' : 'cancel';
    const touched = groupResource(group, resource);
    return {
      kind: 'planned',
      plan: { ...chosen, sick, condition, group: name, refresh: refresh.id, how: way.how },
      summary: `${verb} the instance refresh of ${name}${refresh.version === undefined ? '' : `, which brings version ${refresh.version}`}`,
      touches: [touched],
      group: { resource: touched, size: group.desired, healthyOthers: capacityOf(healthyMembers(group)) },
    };
  },

  // Auto Scaling itself refuses where the launch template takes its image from a parameter: nothing is changed then, and what the
  // policy says of a refresh that can't be taken back is done.
  async start({ sick, condition, group: name, refresh: id, how, ifIrreversible }, aws) {
    const refresh = await readActive(name, aws);
    if (refresh?.id !== id) return { kind: 'refused', reason: `the instance refresh ${id} of ${name} is over` };
    if (!isForward(refresh))
      return { kind: 'refused', reason: `the instance refresh of ${name} is ${refresh.status} already` };
    const found = await findTrouble(sick, condition, aws);
    if (found.kind !== 'found') return { kind: 'refused', reason: found.reason };
    const older = await olderThan(refresh.startedAt, found, condition, aws);
    if (older) return { kind: 'refused', reason: older };
    await endRefresh(name, { how, ifIrreversible }, aws);
    return { kind: 'started', handle: 'accepted' };
  },

  async check({ group: name, refresh: id, how, ifIrreversible }, handle, aws) {
    const refresh = (await readRefreshes(name, aws)).find((one) => one.id === id);
    if (!refresh) return { kind: 'failed', detail: `${name} knows no instance refresh ${id} any more` };
    const detail = `the instance refresh of ${name} is ${refresh.status}${refresh.reason && `: ${refresh.reason}`}`;
    const ends = [how === 'rollback' && 'RollbackSuccessful', ifIrreversible === 'cancel' && 'Cancelled'];
    if (ends.includes(refresh.status)) return { kind: 'done', detail };
    if (!refresh.isActive) return { kind: 'failed', detail };
    return isForward(refresh) && !handle ? { kind: 'notStarted', detail } : { kind: 'pending', detail };
  },
});

async function endRefresh(
  name: string,
  { how, ifIrreversible }: Pick<z.infer<typeof planned>, 'how' | 'ifIrreversible'>,
  aws: Calls<'autoscaling:RollbackInstanceRefresh' | 'autoscaling:CancelInstanceRefresh'>,
): Promise<void> {
  const request = { AutoScalingGroupName: name };
  if (how === 'rollback') {
    try {
      await aws.autoscaling.rollbackInstanceRefresh(request);
      return;
    } catch (error) {
      const isIrreversible = error instanceof Error && error.name === 'IrreversibleInstanceRefreshFault';
      if (!isIrreversible || ifIrreversible === 'refuse') throw error;
    }
  }
  await aws.autoscaling.cancelInstanceRefresh(request);
}

/** How the refresh can be ended: Auto Scaling takes back only what names its versions by number. */
function wayBack(
  group: AutoScalingGroup,
  { version }: InstanceRefresh,
  { ifIrreversible }: Parameters,
):
  | { readonly kind: 'way'; readonly how: 'rollback' | 'cancel' }
  | { readonly kind: 'refused'; readonly reason: string } {
  const moving = [version, group.templateVersion].find((one) => one?.startsWith('$'));
  if (version !== undefined && moving === undefined) return { kind: 'way', how: 'rollback' };
  if (ifIrreversible === 'cancel') return { kind: 'way', how: 'cancel' };
  const why =
    moving === undefined ? 'it names no desired configuration' : `its launch template has the version ${moving}`;
  return {
    kind: 'refused',
    reason: `the instance refresh of ${group.name} can't be rolled back, since ${why}: a person must`,
  };
}
