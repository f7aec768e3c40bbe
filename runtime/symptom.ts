import type { Evidence, Resource } from '../signals/signal';
import type { IncidentEvent } from '../statemachines/incident-event';
import { readAlarm, type AlarmReading } from '../vitals/cloudwatch/alarm';
import type { Action, Calls } from '../vitals/aws';
import type { Health, Vitals } from '../vitals/vitals';

type Symptom = Extract<IncidentEvent, { type: `symptom.${string}` }>['type'];
type InAlarm = Extract<AlarmReading, { kind: 'alarm' }>;

/** What was seen of a sickness, and who says what. */
interface Seen {
  readonly type: Symptom;
  readonly detail: string;
}

/**
 * Looks whether the resource is still sick: by the alarm that told of it, if one did, and by a live read of the resource.
 * Gone needs both. The state of an alarm can be set by hand: it is believed where the live read, or for a sickness that no live
 * read shows the alarm's own metric, says the same. What is not proven is neither present nor gone.
 */
export async function readSymptom(
  sick: { readonly resource: Resource; readonly condition: string; readonly evidence: Evidence },
  vitals: Vitals | undefined,
  aws: Calls<Action>,
): Promise<Seen> {
  const { resource, condition, evidence } = sick;
  const [alarm, health] = await Promise.all([
    evidence.alarmArn === undefined ? undefined : readAlarm(evidence.alarmArn, aws, vitals?.witnesses?.[condition]),
    vitals?.health(resource, condition, aws),
  ]);
  if (alarm?.kind === 'alarm') return inAlarm(alarm, health, vitals?.sees.includes(condition) ?? false);
  const told = joined(alarm?.kind === 'unreadable' ? alarm.reason : alarm?.detail, health?.detail);
  return { type: verdict(alarm, health), detail: told || `nothing can be read of ${resource.kind} ${resource.id}` };
}

function inAlarm(alarm: InAlarm, health: Health | undefined, sees: boolean): Seen {
  const doubt = doubtAbout(alarm, health, sees);
  if (doubt === undefined) return { type: 'symptom.present', detail: joined(alarm.detail, health?.detail) };
  return { type: 'symptom.unreadable', detail: joined(`${alarm.detail}, but ${doubt}`, health?.detail) };
}

const byHand = 'it may lag behind, or have been set by hand';

/** Why an alarm that is in ALARM is not believed; undefined where it is proven. */
function doubtAbout(alarm: InAlarm, health: Health | undefined, sees: boolean): string | undefined {
  // What no longer exists is not sick, whatever its last values were.
  if (health?.kind === 'gone') return `what it is about is gone: ${byHand}`;
  if (sees && health) {
    if (health.kind === 'unhealthy') return undefined;
    return health.kind === 'healthy' ? `a live read finds nothing wrong: ${byHand}` : 'no live read says the same';
  }
  if (alarm.proof === 'breaching') return undefined;
  return alarm.proof === 'notBreaching' ? `${alarm.because}: ${byHand}` : `nothing proves it: ${alarm.because}`;
}

function verdict(alarm: Exclude<AlarmReading, InAlarm> | undefined, health: Health | undefined): Symptom {
  if (health?.kind === 'unhealthy') return 'symptom.present';
  return isGone(alarm?.kind, health?.kind) ? 'symptom.gone' : 'symptom.unreadable';
}

/** Where nothing says that it is sick: whether something says that it is well, and nothing is left open. */
function isGone(
  alarm: Exclude<AlarmReading, InAlarm>['kind'] | undefined,
  health: Health['kind'] | undefined,
): boolean {
  // An alarm on what no longer exists has no data and never returns to OK. On anything else no data is no sign of health, nor
  // of sickness.
  if (alarm === 'insufficientData') return health === 'gone';
  if (alarm === 'unreadable' || health === 'unknown') return false;
  return alarm !== undefined || health !== undefined;
}

const joined = (...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined).join('; ');
