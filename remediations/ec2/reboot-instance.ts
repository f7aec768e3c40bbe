import { z } from 'zod';
import { plainText } from '../../signals/plain-text';
import { instanceReads, isInstanceId, readInstance, workOnInstance, type Instance } from '../../vitals/ec2/instance';
import {
  membershipReads,
  movedNow,
  readGroupOf,
  replacedMeanwhile,
  standInsFor,
} from '../../vitals/auto-scaling/membership';
import { defineRemediation } from '../remediation';

const planned = z.object({
  instance: z.string(),
  /** Before-image: an instance that was launched since, or sick since another time, is not the one that was planned for. */
  launchedAt: z.number(),
  impairedSince: z.number().optional(),
});
type Plan = z.infer<typeof planned>;

/** Reboots the guest of an instance, on the host that it is on. */
export const rebootInstance = defineRemediation({
  name: 'reboot-instance',
  title: 'Reboot an instance',
  when: 'The guest fails its instance status check, hangs or has leaked its memory, and the host is well.',
  whenNot:
    'The system status check fails, since a reboot stays on the same host; or a group would replace it mid-boot.',
  heals: ['ec2-instance-impaired'],
  takes: ['ec2-instance'],
  risk: 'low',
  needsApproval: false,
  parameters: z.strictObject({}),
  permissions: {
    read: [...instanceReads, ...membershipReads],
    write: [{ action: 'ec2:RebootInstances', on: 'arn:*:ec2:*:*:instance/*', tagged: true }],
  },
  // EC2 keeps volumes and instance store through a reboot.
  snapshots: 'losesNoData',
  patience: { checkEvery: 30, giveUpAfter: 900 },
  unseen: 'EC2 shows no reboot: one by somebody else looks like a recovery by itself',
  planned,

  async plan({ resource }, _parameters, aws) {
    const { id } = resource;
    if (!isInstanceId(id)) return { kind: 'refused', reason: `${plainText(id)} is not the id of an EC2 instance` };
    const instance = await readInstance(id, aws);
    if (instance.kind === 'absent') return { kind: 'refused', reason: `${id} no longer exists` };
    if (passes(instance)) return { kind: 'notNeeded', reason: `${id} passes both status checks now` };
    const membership = await readGroupOf(id, aws);
    const work = workOnInstance(instance, aws.now()) ?? movedNow(membership);
    if (work) return { kind: 'busy', reason: work };
    const objection = objectionTo(instance) ?? replacedMeanwhile(membership);
    if (objection) return { kind: 'refused', reason: objection };
    const { launchedAt, guest } = instance;
    return {
      kind: 'planned',
      plan: { instance: id, launchedAt, ...(guest.impairedSince && { impairedSince: guest.impairedSince }) },
      summary: `reboot ${id}`,
      touches: [resource],
      group: await standInsFor(membership, resource, aws),
    };
  },

  // Between the call and the moment when the checks begin anew AWS shows no trace of a reboot: a second start within those
  // seconds would reboot twice. So the machine never starts again after an answer was lost, it checks.
  async start(plan, aws) {
    const instance = await readInstance(plan.instance, aws);
    if (instance.kind === 'absent') return { kind: 'refused', reason: `${plan.instance} no longer exists` };
    const objection = change(plan, instance) ?? objectionTo(instance);
    if (objection) return { kind: 'refused', reason: objection };
    const interference = replacedMeanwhile(await readGroupOf(plan.instance, aws));
    if (interference) return { kind: 'refused', reason: interference };
    await aws.ec2.rebootInstances({ InstanceIds: [plan.instance] });
    return { kind: 'started', handle: 'accepted' };
  },

  // EC2 sends no event for a reboot, and keeps the launch time: the checks alone tell of it.
  async check(plan, handle, aws) {
    const instance = await readInstance(plan.instance, aws);
    if (instance.kind === 'absent') return { kind: 'failed', detail: `${plan.instance} no longer exists` };
    const { id, state, guest, system } = instance;
    if (state !== 'running') return { kind: 'failed', detail: `${id} is ${state}: somebody else stopped it` };
    if (passes(instance)) return { kind: 'done', detail: `${id} has booted and passes both status checks` };
    if (system.status === 'impaired') return { kind: 'failed', detail: `the host of ${id} fails its status check now` };
    if (guest.status !== 'impaired') return { kind: 'pending', detail: `${id} boots: its check is ${guest.status}` };
    if (guest.impairedSince !== plan.impairedSince || instance.launchedAt !== plan.launchedAt) {
      return { kind: 'failed', detail: `${id} has booted and fails its instance status check again` };
    }
    return handle
      ? { kind: 'pending', detail: `${id} was told to reboot and still fails its instance status check` }
      : { kind: 'notStarted', detail: `${id} fails its instance status check as before, and boots not` };
  },
});

function passes({ state, system, guest }: Instance): boolean {
  return state === 'running' && system.status === 'ok' && guest.status === 'ok';
}

/** What has changed since the plan; undefined when nothing has. */
function change(plan: Plan, instance: Instance): string | undefined {
  if (passes(instance)) return `${instance.id} is no longer impaired`;
  if (instance.launchedAt !== plan.launchedAt) return `${instance.id} was stopped and started since the plan`;
  if (instance.guest.status === 'impaired' && instance.guest.impairedSince !== plan.impairedSince) {
    return `${instance.id} was well since the plan and fell sick again`;
  }
  return undefined;
}

/** Why this instance must not be rebooted as it stands; undefined when it may. */
function objectionTo({ id, state, system, guest }: Instance): string | undefined {
  if (state !== 'running') return `${id} is ${state}: only a running instance reboots`;
  if (system.status === 'impaired') {
    return `the host of ${id} fails its status check, and a reboot stays there: use stop-start-instance or replace-instance`;
  }
  if (guest.status === 'initializing' || system.status === 'initializing') return `${id} is already booting`;
  if (system.status !== 'ok') return `whether the host of ${id} is well cannot be read: its check is ${system.status}`;
  if (guest.status !== 'impaired') return `what ails ${id} cannot be read: its instance check is ${guest.status}`;
  return undefined;
}
