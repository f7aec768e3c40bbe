import { z } from 'zod';
import { plainText } from '../../signals/plain-text';
import type { Resource } from '../../signals/signal';
import type { Calls } from '../../vitals/aws';
import {
  mappingOrReason,
  mappingReads,
  mappingsOf,
  workOnMapping,
  type EventSourceMapping,
} from '../../vitals/lambda/event-source-mapping';
import { functionNameOf, functionReads, readFunction } from '../../vitals/lambda/function';
import { defineRemediation, type Check } from '../remediation';

const planned = z.object({
  mapping: z.string(),
  /** Before-image: when the mapping was last changed, by which it is known whether somebody has been there since. */
  changedAt: z.number(),
});
type Plan = z.infer<typeof planned>;

const reads = [...mappingReads, ...functionReads, 'lambda:ListEventSourceMappings'] as const;
type Reads = Calls<(typeof reads)[number]>;

/** Enables an event source mapping that is disabled. */
export const reenableEventSource = defineRemediation({
  name: 'reenable-event-source',
  title: 'Enable an event source mapping again',
  when: 'What waits in a queue or a stream is not brought to its function, since somebody disabled that and forgot it.',
  whenNot: 'It is meant to be disabled, the function fails on what waits there, or cannot stand all of it at once.',
  heals: ['event-source-disabled', 'event-source-late'],
  takes: ['event-source-mapping', 'function'],
  risk: 'medium',
  needsApproval: true,
  parameters: z.strictObject({}),
  permissions: {
    read: reads,
    write: [{ action: 'lambda:UpdateEventSourceMapping', on: 'arn:*:lambda:*:*:event-source-mapping:*', tagged: true }],
  },
  snapshots: 'losesNoData',
  patience: { checkEvery: 15, giveUpAfter: 600 },
  planned,

  async plan({ resource }, _parameters, aws) {
    const mapping = await mappingFor(resource, aws);
    if (typeof mapping === 'string') return { kind: 'refused', reason: mapping };
    const { uuid, changedAt } = mapping;
    if (mapping.state === 'Enabled') return { kind: 'notNeeded', reason: `the mapping ${uuid} is enabled` };
    const work = workOnMapping(mapping);
    if (work) return { kind: 'busy', reason: work };
    const objection = await objectionTo(mapping, aws);
    if (objection) return { kind: 'refused', reason: objection };
    return {
      kind: 'planned',
      plan: { mapping: uuid, changedAt },
      summary: `enable ${uuid} again, which brings ${mapping.function} its records`,
      touches: [{ ...resource, kind: 'event-source-mapping', id: uuid }],
      group: 'alone',
    };
  },

  async start(plan, aws) {
    const mapping = await mappingOrReason(plan.mapping, aws);
    if (typeof mapping === 'string') return { kind: 'refused', reason: mapping };
    if (mapping.state === 'Enabled' || mapping.state === 'Enabling') return { kind: 'started' };
    const objection = workOnMapping(mapping) ?? changed(plan, mapping) ?? (await objectionTo(mapping, aws));
    if (objection) return { kind: 'refused', reason: objection };
    await aws.lambda.updateEventSourceMapping({ UUID: plan.mapping, Enabled: true });
    return { kind: 'started' };
  },

  async check(plan, _handle, aws): Promise<Check> {
    const mapping = await mappingOrReason(plan.mapping, aws);
    if (typeof mapping === 'string') return { kind: 'failed', detail: mapping };
    const detail = `the mapping ${mapping.uuid} is ${plainText(mapping.state, 30)}`;
    if (mapping.state === 'Enabled') return { kind: 'done', detail };
    if (workOnMapping(mapping)) return { kind: 'pending', detail };
    const because = `${detail} again: ${plainText(mapping.reason, 80)}`;
    return changed(plan, mapping) ? { kind: 'failed', detail: because } : { kind: 'notStarted', detail };
  },

  async undo(plan, aws) {
    const mapping = await mappingOrReason(plan.mapping, aws);
    if (typeof mapping === 'string') return { kind: 'refused', reason: mapping };
    if (mapping.state === 'Disabled' || mapping.state === 'Disabling') return { kind: 'started' };
    const work = workOnMapping(mapping);
    if (work) return { kind: 'refused', reason: work };
    await aws.lambda.updateEventSourceMapping({ UUID: plan.mapping, Enabled: false });
    return { kind: 'started' };
  },
});

/** The mapping itself, or the only one of a function that is disabled; or why there is none. */
async function mappingFor(resource: Resource, aws: Reads): Promise<EventSourceMapping | string> {
  const { kind, id } = resource;
  if (kind === 'event-source-mapping') return mappingOrReason(id, aws);
  const name = functionNameOf(resource);
  if (name === undefined) return `${plainText(id)} is not the name of a function`;
  const [first, ...others] = (await mappingsOf(name, aws)).filter(({ state }) => state !== 'Enabled');
  if (!first) return `no event source mapping of ${name} is disabled`;
  return others.length === 0
    ? first
    : `${others.length + 1} event source mappings of ${name} are not enabled: look which`;
}

function changed({ mapping, changedAt }: Plan, now: EventSourceMapping): string | undefined {
  return now.changedAt === changedAt ? undefined : `the mapping ${mapping} was changed by others since the plan`;
}

/** Why records must not be brought to the function as it stands; undefined when they may. */
async function objectionTo(mapping: EventSourceMapping, aws: Reads): Promise<string | undefined> {
  const { uuid, state, lastResult, function: name } = mapping;
  if (state === 'Deleting') return `the mapping ${uuid} is being deleted`;
  if (lastResult.startsWith('PROBLEM')) {
    return `the last that ${uuid} brought to ${name} failed (${plainText(lastResult, 80)}): heal that first`;
  }
  const found = await readFunction(name, aws);
  if (found.kind === 'absent') return `the function ${name} that ${uuid} leads to no longer exists`;
  return found.reserved === 0 ? `somebody has stopped ${name}: its reserved concurrency is 0` : undefined;
}
