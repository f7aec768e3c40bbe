import type { Evidence, Resource } from '../signals/signal';
import type { IncidentEvent } from '../statemachines/incident-event';
import { readAlarm, type AlarmReading } from '../vitals/alarm';
import type { Action, Calls } from '../vitals/aws';
import type { Health, Vitals } from '../vitals/vitals';

type Symptom = Extract<IncidentEvent, { type: `symptom.${string}` }>['type'];

/**
 * Looks whether the resource is still sick: by the alarm that told of it, if one did, and by a live read of the resource.
 * Gone needs both. One sign of sickness is enough for present; what cannot be read is neither.
 */
export async function readSymptom(
  sick: { readonly resource: Resource; readonly condition: string; readonly evidence: Evidence },
  vitals: Vitals | undefined,
  aws: Calls<Action>,
): Promise<{ readonly type: Symptom; readonly detail: string }> {
  const { resource, condition, evidence } = sick;
  const alarm = evidence.alarmArn === undefined ? undefined : await readAlarm(evidence.alarmArn, aws);
  const health = vitals ? await vitals.health(resource, condition, aws) : undefined;
  const told = alarm?.kind === 'unreadable' ? alarm.reason : alarm?.detail;
  const detail = [told, health?.detail].filter((part) => part !== undefined).join('; ');
  return { type: verdict(alarm, health), detail: detail || `nothing can be read of ${resource.kind} ${resource.id}` };
}

function verdict(alarm: AlarmReading | undefined, health: Health | undefined): Symptom {
  if (alarm?.kind === 'alarm' || health?.kind === 'unhealthy') return 'symptom.present';
  return isGone(alarm?.kind, health?.kind) ? 'symptom.gone' : 'symptom.unreadable';
}

/** Where nothing says that it is sick: whether something says that it is well, and nothing is left open. */
function isGone(alarm: AlarmReading['kind'] | undefined, health: Health['kind'] | undefined): boolean {
  // An alarm on what no longer exists has no data and never returns to OK. On anything else no data is no sign of health, nor
  // of sickness.
  if (alarm === 'insufficientData') return health === 'gone';
  if (alarm === 'unreadable' || health === 'unknown') return false;
  return alarm !== undefined || health !== undefined;
}
