import { z } from 'zod';
import type { Envelope } from '../envelope';
import { plainText } from '../plain-text';

const schema = z.object({
  alarmName: z.string().default(''),
  state: z.object({ actionsSuppressedBy: z.string().optional() }).optional(),
  muteDetail: z.object({ mutedByArn: z.string().optional() }).optional(),
});

/**
 * Who has silenced the alarm that the event is about, as a reason; undefined when nobody has. People silence alarms while
 * they work on the resource: that binds the operator's own mappings, too.
 */
export function alarmSilence(event: Envelope): string | undefined {
  if (event.source !== 'aws.cloudwatch') return undefined;
  const { alarmName = '', state, muteDetail } = schema.safeParse(event.detail).data ?? {};
  const alarm = `alarm ${plainText(alarmName, 60)}`;
  if (muteDetail) return `${alarm} is muted by ${plainText(muteDetail.mutedByArn ?? 'a mute rule', 110)}`;
  if (state?.actionsSuppressedBy) return `the actions of ${alarm} are suppressed by ${state.actionsSuppressedBy}`;
  return undefined;
}
