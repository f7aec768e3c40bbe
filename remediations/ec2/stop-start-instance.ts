import { z } from 'zod';
import { plainText } from '../../signals/plain-text';
import { instanceReads, isInstanceId, readInstance, workOnInstance } from '../../vitals/ec2/instance';
import { hasInstanceStore } from '../../vitals/ec2/instance-store';
import { membershipReads, movedNow, readGroupOf, standInsFor } from '../../vitals/auto-scaling/membership';
import { leaveToGrant } from '../key-grant';
import { defineRemediation } from '../remediation';
import { isWell, phaseOf, progressOf, stuck } from './stop-start-instance/phase';
import { objectionNow, objectionReads } from './stop-start-instance/objections';

const parameters = z.strictObject({
  /** Force a stop that is stuck. The guest's caches are not written: it can corrupt data. */
  force: z.boolean().default(false),
  /** Its public IPv4 address may change; an Elastic IP address never does. */
  mayChangePublicAddress: z.boolean().default(false),
  /** Also when only the guest fails: a new host now and then helps where a reboot did not. */
  evenIfHostIsWell: z.boolean().default(false),
  /** Its instance store holds nothing of worth. */
  mayLoseLocalData: z.boolean().default(false),
});

const planned = parameters.extend({
  instance: z.string(),
  /** Before-image: EC2 sets a later launch time when the instance starts again. */
  launchedAt: z.number(),
});
export type Plan = z.infer<typeof planned>;
export type Parameters = z.infer<typeof parameters>;

/** Stops an instance and starts it again, which brings it to another host. It is down for minutes. */
export const stopStartInstance = defineRemediation({
  name: 'stop-start-instance',
  title: 'Stop an instance and start it on another host',
  when: 'The host fails its system status check or will be retired, and automatic recovery has not helped.',
  whenNot:
    'The guest alone is at fault, a group can replace the instance, its data ends with a stop, or its zone is short of capacity.',
  heals: ['ec2-host-impaired', 'ec2-instance-retiring', 'ec2-instance-impaired'],
  takes: ['ec2-instance'],
  risk: 'medium',
  needsApproval: true,
  parameters,
  permissions: {
    read: [...instanceReads, ...membershipReads, ...objectionReads],
    write: [
      { action: 'ec2:StopInstances', on: 'arn:*:ec2:*:*:instance/*', tagged: true },
      { action: 'ec2:StartInstances', on: 'arn:*:ec2:*:*:instance/*', tagged: true },
    ],
    implied: [leaveToGrant('ec2')],
  },
  snapshots: { kinds: ['ec2-instance'], of: ({ instance }) => ({ kind: 'ec2-instance', id: instance }) },
  patience: { checkEvery: 30, giveUpAfter: 1800 },
  planned,

  async plan({ resource }, chosen, aws) {
    const { id } = resource;
    if (!isInstanceId(id)) return { kind: 'refused', reason: `${plainText(id)} is not the id of an EC2 instance` };
    const instance = await readInstance(id, aws);
    if (instance.kind === 'absent') return { kind: 'refused', reason: `${id} no longer exists` };
    if (isWell(instance)) return { kind: 'notNeeded', reason: `${id} is well, and AWS plans nothing with it` };
    const membership = await readGroupOf(id, aws);
    const work = workOnInstance(instance, aws.now()) ?? movedNow(membership);
    if (work) return { kind: 'busy', reason: work };
    const objection = await objectionNow(instance, chosen, membership, aws);
    if (objection) return { kind: 'refused', reason: objection };
    const losesStore = chosen.mayLoseLocalData && (await hasInstanceStore(instance, aws));
    const address = instance.publicAddress === 'changing' ? '; its public address changes' : '';
    return {
      kind: 'planned',
      plan: { ...chosen, instance: id, launchedAt: instance.launchedAt },
      summary: `stop ${id} and start it on another host: it is down for some minutes${address}`,
      touches: [resource],
      group: await standInsFor(membership, resource, aws),
      ...(losesStore && { destroys: [`the instance store of ${id}`] }),
    };
  },

  // Called once to stop, again to start, and again while EC2 has nothing to start it on: each time it goes on from the state
  // that it reads. EC2 does not say who stopped an instance: one that a person stopped after the plan is started as well.
  async start(plan, aws) {
    const instance = await readInstance(plan.instance, aws);
    if (instance.kind === 'absent') return { kind: 'refused', reason: `${plan.instance} no longer exists` };
    const InstanceIds = [instance.id];
    switch (phaseOf(instance, plan, aws.now())) {
      case 'untouched': {
        const membership = await readGroupOf(instance.id, aws);
        const objection = await objectionNow(instance, plan, membership, aws);
        if (objection) return { kind: 'refused', reason: objection };
        await aws.ec2.stopInstances({ InstanceIds });
        return { kind: 'started', handle: 'accepted' };
      }
      case 'stuck':
        if (!plan.force) return { kind: 'refused', reason: stuck(instance) };
        await aws.ec2.stopInstances({ InstanceIds, Force: true });
        return { kind: 'started', handle: forced };
      case 'stopped':
        await aws.ec2.startInstances({ InstanceIds });
        return { kind: 'started', handle: 'accepted' };
      case 'stopping':
      case 'started again':
        return { kind: 'started' };
      case 'lost':
        return { kind: 'refused', reason: `${instance.id} is ${instance.state}` };
    }
  },

  async check(plan, handle, aws) {
    const instance = await readInstance(plan.instance, aws);
    if (instance.kind === 'absent') return { kind: 'failed', detail: `${plan.instance} no longer exists` };
    const { id, state } = instance;
    switch (phaseOf(instance, plan, aws.now())) {
      case 'untouched':
        return handle
          ? { kind: 'pending', detail: `${id} was told to stop and still runs` }
          : { kind: 'notStarted', detail: `${id} still runs as when the plan was made` };
      case 'stopping':
        return { kind: 'pending', detail: `${id} is stopping` };
      case 'stuck':
        if (!plan.force) return { kind: 'failed', detail: stuck(instance) };
        return handle === forced
          ? { kind: 'pending', detail: `${id} is being stopped by force` }
          : { kind: 'continue', detail: `${id} hangs in stopping: the stop must be forced` };
      case 'stopped':
        return { kind: 'continue', detail: `${id} is DOWN: it is stopped and must be started` };
      case 'started again':
        return progressOf(instance);
      case 'lost':
        return { kind: 'failed', detail: `${id} is ${state}: somebody else ended it` };
    }
  },
});

/** Handle of an attempt whose stop was forced: once is enough. */
const forced = 'forced';
