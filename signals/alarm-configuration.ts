import { z } from 'zod';
import type { Envelope } from './envelope';
import { plainText } from './plain-text';
import { resourceOf } from './resource-id';
import type { Reading } from './signal';
import { defineSource, ignored } from './source';
import { nameText, telling } from './telling';

const name = 'alarm-configuration';

/** Scaling policies make and delete alarms of this name as they see fit. */
const scalingPrefix = 'TargetTracking-';

const configuration = z.object({ actionsEnabled: z.boolean().optional(), timestamp: nameText.optional() });

const detailSchema = z.object({
  alarmName: nameText.max(255),
  operation: z.string(),
  configuration: configuration.default({}),
  previousConfiguration: configuration.optional(),
});
type Detail = z.infer<typeof detailSchema>;

/** Somebody changes an alarm so that it tells nobody any more, or tells people again. CloudWatch does not say who. */
export const alarmConfiguration = defineSource({
  name,
  pattern: { source: ['aws.cloudwatch'], 'detail-type': ['CloudWatch Alarm Configuration Change'] },
  tells: ['alarm-actions-disabled', 'alarm-deleted'],
  worthwhile: { alarmName: [{ 'anything-but': { prefix: scalingPrefix } }] },
  detail: detailSchema,
  read: (detail, event) => {
    if (detail.alarmName.startsWith(scalingPrefix)) {
      return ignored(`alarm ${plainText(detail.alarmName, 60)} is a scaling policy's own`);
    }
    const told = meaningOf(detail);
    return told ? signalOf(detail, told, event) : ignored(`${plainText(detail.alarmName, 60)} tells people as before`);
  },
});

interface Meaning {
  readonly kind: 'unhealthy' | 'recovered';
  readonly condition: 'alarm-actions-disabled' | 'alarm-deleted';
  readonly words: string;
}

/** What the change means to those whom the alarm tells; undefined where it means nothing to them. */
function meaningOf({ operation, configuration: now, previousConfiguration: before }: Detail): Meaning | undefined {
  switch (operation) {
    case 'delete':
      return { kind: 'unhealthy', condition: 'alarm-deleted', words: 'was deleted' };
    case 'create':
      return { kind: 'recovered', condition: 'alarm-deleted', words: 'was created' };
    case 'update':
      if (now.actionsEnabled === undefined || now.actionsEnabled === before?.actionsEnabled) return undefined;
      return now.actionsEnabled
        ? { kind: 'recovered', condition: 'alarm-actions-disabled', words: 'has its actions enabled' }
        : { kind: 'unhealthy', condition: 'alarm-actions-disabled', words: 'has its actions disabled' };
    default:
      return undefined;
  }
}

function signalOf({ alarmName, operation, configuration: now }: Detail, meaning: Meaning, event: Envelope): Reading {
  const ending = `:${event.account}:alarm:${alarmName}`;
  if (event.resources.length > 0 && !event.resources.some((arn) => arn.endsWith(ending))) {
    return { kind: 'invalid', reason: plainText(`resources names another alarm than detail.alarmName, ${alarmName}`) };
  }
  const resource = resourceOf('alarm', alarmName, event);
  if (!resource) return ignored('the change names no alarm');
  const { kind, condition, words } = meaning;
  const fact = `${operation}/${condition}/${now.timestamp ?? event.id}`;
  const told = telling(event, { source: name, resource, fact, detail: `the alarm ${alarmName} ${words}` });
  return { kind: 'signals', signals: [{ kind, condition, ...told }] };
}
