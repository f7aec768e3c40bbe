import { z } from 'zod';
import { partitionOf } from './cloudwatch-alarm/alarm-diagnosis';
import { conditionName } from './conditions';
import type { Envelope } from './envelope';
import { plainText } from './plain-text';
import { resourceOf } from './resource-id';
import { schemaProblem } from './schema-problem';
import { type Resource, resourceKinds } from './signal';
import type { Source } from './source';
import { nameText, telling } from './telling';
import { parseTime } from './time';

const name = 'custom-health';

/** Detail of the event by which any program tells that a resource is sick, or well again. */
const customHealthSchema = z
  .strictObject({
    version: z.literal(1).describe('Of this shape.'),
    condition: conditionName.describe(
      'What the resource suffers from, in kebab-case: a condition that Homeostat knows, or one that only your policy names.',
    ),
    resource: z.strictObject({
      kind: z.enum(resourceKinds),
      id: nameText
        .max(512)
        .describe(
          'As the kind is named: an instance by i-…, a function by its name, a target group by its ARN. It is of the account and the region that the event is sent in.',
        ),
    }),
    state: z.enum(['unhealthy', 'recovered']),
    reason: z.string().min(1).max(1_000).describe('For people: what was seen. 200 characters of it are shown.'),
    id: z
      .string()
      .regex(/^[\w.:/-]{1,128}$/, 'an id has letters, digits and . : / _ - alone, at most 128')
      .optional()
      .describe(
        'Of this fact: what is sent again with the same id, resource, condition and state is not taken for news.',
      ),
    time: z.iso
      .datetime({ offset: true })
      .optional()
      .describe('When it was seen, if that was before the event was sent.'),
    alarm: nameText
      .optional()
      .describe(
        'ARN of a CloudWatch alarm that measures the same. Without one, only what AWS itself shows of the resource says whether it is still sick.',
      ),
  })
  .meta({ title: 'Detail of "Resource Health Change"' });
type Detail = z.infer<typeof customHealthSchema>;

/** What a detail lacks to be one of these, by field; undefined where it lacks nothing. */
export function customHealthProblem(detail: unknown): string | undefined {
  const { error } = customHealthSchema.safeParse(detail);
  return error && `detail.${schemaProblem(error)}`;
}

/** The JSON Schema of the same, for those who send it; `docs/events/` has it as a file. */
export function customHealthJsonSchema(): object {
  return z.toJSONSchema(customHealthSchema);
}

/** Any program says that a resource is sick. It is believed as far as that the resource is looked at, as after any other event. */
export const customHealth: Source = {
  name,
  pattern: { source: ['custom.health'], 'detail-type': ['Resource Health Change'] },
  tellsOf: 'own',
  tells: 'any',
  tellsProgress: false,
  read: (event) => {
    const read = customHealthSchema.safeParse(event.detail);
    if (!read.success) return { kind: 'invalid', reason: `detail.${schemaProblem(read.error)}` };
    const { kind, id } = read.data.resource;
    const resource = resourceOf(kind, id, event);
    if (!resource) return notOf(kind, id, event);
    const { alarm } = read.data;
    if (alarm !== undefined && !alarm.startsWith(`${alarmsOf(event)}:`)) {
      return { kind: 'refused', reason: `detail.alarm: ${plainText(alarm, 80)} is no alarm of ${placeOf(event)}` };
    }
    return { kind: 'signals', signals: [signalOf(read.data, resource, event)] };
  },
};

function signalOf({ condition, state, reason, id, time, alarm }: Detail, resource: Resource, event: Envelope) {
  const told = telling(event, {
    source: name,
    resource,
    fact: `${condition}/${state}/${id ?? event.id}`,
    detail: reason,
    // Nothing is seen later than it is told.
    at: Math.min(event.at, (time === undefined ? undefined : parseTime(time)) ?? event.at),
    ...(alarm !== undefined && { evidence: { alarmArn: alarm } }),
  });
  return { kind: state, condition, ...told };
}

/** Why that id names nothing which the event may tell of. */
function notOf(kind: string, id: string, event: Envelope): ReturnType<Source['read']> {
  return id.startsWith('arn:')
    ? { kind: 'refused', reason: `detail.resource: ${plainText(id, 100)} is no ${kind} of ${placeOf(event)}` }
    : { kind: 'invalid', reason: `detail.resource.id: ${plainText(id, 100)} is not the id of a ${kind}` };
}

function alarmsOf({ account, region }: Envelope): string {
  return `arn:${partitionOf(region)}:cloudwatch:${region}:${account}:alarm`;
}

const placeOf = ({ account, region }: Envelope): string => `${account} ${region}, which the event is of`;
