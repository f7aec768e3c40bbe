import { z } from 'zod';
import type { Resource } from '../../signals/signal';
import type { Calls } from '../../vitals/aws';
import { instanceReads } from '../../vitals/ec2/instance';
import { membershipReads, movedNow, readGroupOf, standInsFor } from '../../vitals/auto-scaling/membership';
import { findSickMember } from '../../vitals/auto-scaling/sick-member';
import { isDraining, readTargets, targetReads } from '../../vitals/load-balancing/target-group';
import {
  checkCommand,
  findCommand,
  objectionToCommand,
  ownCommand,
  ownCommandReads,
  ownCommandWrites,
  planCommand,
  sendCommand,
} from '../own-command';
import { defineRemediation, type Group } from '../remediation';
import { documentVersion, ownDocument } from '../ssm-document';

const kinds = ['ec2-instance', 'target-group'] as const;

const planned = z.object({
  /** What was reported, so that `start` can look whether it is still sick, and by the same instance. */
  sick: z.object({ kind: z.enum(kinds), id: z.string(), condition: z.string() }),
  /** Before-image: an instance that was launched since has started its processes by itself. */
  launchedAt: z.number(),
  command: ownCommand,
});
type Plan = z.infer<typeof planned>;

// `standInsFor` reads what `readInstance` does.
const reads = [...instanceReads, ...targetReads, ...membershipReads, ...ownCommandReads] as const;
type Reads = Calls<(typeof reads)[number]>;

/** Restarts one service on one instance, by a command document of the operator's own. */
export const restartServiceProcess = defineRemediation({
  name: 'restart-service-process',
  title: 'Restart a service on an instance',
  when: 'A process that should run is down, hangs or fails its health check, and the guest it runs on is well.',
  whenNot: 'The guest or its host is sick, since no command gets there; or the process stops again for want of memory.',
  heals: ['process-down', 'target-unhealthy', 'ec2-instance-impaired'],
  takes: kinds,
  risk: 'low',
  needsApproval: false,
  parameters: z.strictObject({
    /** Your command document, whose one command is to restart the service. It gets the name as `ServiceName` if it takes that. */
    document: ownDocument,
    version: documentVersion,
    /** Name of the service as its service manager knows it, such as `redis` or `cassandra`. */
    service: z.string().regex(/^[A-Za-z0-9][\w.@-]{0,63}$/, 'must be the name of one service, without blanks'),
  }),
  permissions: { read: reads, write: ownCommandWrites },
  snapshots: { kinds: ['ec2-instance'], of: ({ command }) => ({ kind: 'ec2-instance', id: command.instance }) },
  patience: { checkEvery: 30, giveUpAfter: 900 },
  unseen: 'a command is found by the mark of its attempt, which a command that somebody else sent does not carry',
  planned,

  async plan({ resource, condition, attemptKey }, { document, version, service }, aws) {
    const { id } = resource;
    const kind: (typeof kinds)[number] = resource.kind === 'target-group' ? 'target-group' : 'ec2-instance';
    const found = await findSickMember({ kind, id }, condition, aws);
    if (found.kind !== 'found') return found;
    const { instance } = found;
    const inputs = { ServiceName: service };
    const planning = await planCommand({ document, version }, instance.id, inputs, attemptKey, aws);
    if (planning.kind === 'refused') return planning;
    const { command } = planning;
    const membership = await readGroupOf(instance.id, aws);
    const work = movedNow(membership) ?? (await findCommand(command, aws)).work;
    if (work) return { kind: 'busy', reason: work };
    const objection = await objectionToCommand(command, aws);
    if (objection) return { kind: 'refused', reason: objection };
    const touched: Resource = { ...resource, kind: 'ec2-instance', id: instance.id };
    return {
      kind: 'planned',
      plan: { sick: { kind, id, condition }, launchedAt: instance.launchedAt, command },
      summary: `restart ${service} on ${instance.id} by version ${version} of ${document}`,
      touches: kind === 'target-group' ? [resource, touched] : [touched],
      group:
        kind === 'target-group'
          ? await otherTargets(resource, instance.id, aws)
          : await standInsFor(membership, resource, aws),
    };
  },

  async start(plan, aws) {
    const { own } = await findCommand(plan.command, aws);
    if (own) return { kind: 'started', handle: own };
    const objection = await change(plan, aws);
    return objection ? { kind: 'refused', reason: objection } : sendCommand(plan.command, aws);
  },

  async check({ command }, handle, aws) {
    const check = await checkCommand(command, handle, aws);
    if (check) return check;
    return handle
      ? { kind: 'pending', detail: `SSM does not show the command for ${command.instance} yet` }
      : { kind: 'notStarted', detail: `SSM shows no command of this attempt on ${command.instance}` };
  },
});

/** Why the plan no longer fits what is sick; undefined when it does. */
async function change({ sick, launchedAt, command }: Plan, aws: Reads): Promise<string | undefined> {
  const found = await findSickMember(sick, sick.condition, aws);
  if (found.kind !== 'found') return found.reason;
  const { id } = found.instance;
  if (id !== command.instance) return `not ${command.instance} but ${id} is sick now`;
  if (found.instance.launchedAt !== launchedAt) return `${id} was stopped and started since the plan`;
  return movedNow(await readGroupOf(id, aws));
}

/** The targets that do the work while the service of one is down. */
async function otherTargets(group: Resource, instance: string, aws: Reads): Promise<Group> {
  const read = await readTargets(group.id, aws);
  if (read.kind === 'absent') throw new Error(`${group.id} no longer exists`);
  const staying = read.targets.filter((target) => !isDraining(target));
  const healthy = staying.filter(({ id, state }) => state === 'healthy' && id !== instance);
  return { resource: group, size: staying.length, healthyOthers: healthy.length };
}
