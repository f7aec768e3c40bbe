import type { Planning } from '../remediations/remediation';
import { questionFor } from '../runtime/admission';
import { openAccess } from '../runtime/aws/access';
import type { Surroundings } from '../runtime/surroundings';
import { readSymptom } from '../runtime/symptom';
import type { Resource, UnhealthySignal } from '../signals/signal';
import { guards } from '../statemachines/guards';
import type { Facts } from '../statemachines/guards/facts';
import type { Guard } from '../statemachines/guards/guard';
import type { GuardName } from '../statemachines/guards/names';
import { newIncident, type Incident } from '../statemachines/incident';
import type { Rule } from '../statemachines/rule';
import { readsOfAlarm } from '../vitals/cloudwatch/alarm';
import type { Action, Calls } from '../vitals/aws';
import { readsBesideVitals } from '../vitals/reads-beside';

/** What one guard would decide, were it asked for a plan now. */
export interface GuardAnswer {
  readonly guard: GuardName;
  /** Completes "nothing starts …". */
  readonly when: string;
  /** `unreadable`: it refuses, for what it decides on could not be read. `unknown`: it hangs on what is only in a deployment. */
  readonly verdict: 'clear' | 'refuses' | 'unreadable' | 'unknown';
  /** One line each; empty when it is clear. */
  readonly reasons: readonly string[];
}

/** What is kept in the table of a deployment, and is not at hand where an event is explained. */
const onlyDeployed: readonly (keyof Facts)[] = ['holds', 'sightings', 'starts', 'heldByOthers'];

const elsewhere: Readonly<Partial<Record<GuardName, string>>> = {
  hold: 'it hangs on the holds of the deployment: homeostat hold status',
  storm: 'it hangs on what else has fallen sick lately',
};
const otherIncidents = 'it hangs on what other incidents touch and have started';

type Planned = Extract<Planning<unknown>, { kind: 'planned' }>;
type Ground = Pick<Surroundings, 'clock' | 'store' | 'policy' | 'vitals' | 'clients' | 'remediations'>;

/** What each guard would say to a plan, in order, if the waits of the rule were over and the sickness as it is now. */
export async function askGuards(
  remediation: string,
  planned: Planned,
  rule: Rule,
  signal: UnhealthySignal,
  ground: Ground,
): Promise<readonly GuardAnswer[]> {
  const reads = new Set<string>([
    ...readsBesideVitals,
    ...readsOfAlarm,
    ...[...ground.vitals.values()].flatMap((one) => one.reads),
  ]);
  const { resource } = signal;
  const { aws } = openAccess(ground.clients, ground.clock, resource, { by: 'the guards', reads, writes: new Set() });
  const incident = await incidentOf(signal, rule, aws, ground);
  const { asking, ground: read } = await questionFor(incident, remediation, planned, aws, ground);
  return guards.map((guard) => {
    const reasons = guard.refusals(asking, read.facts).map(({ reason }) => reason);
    return { guard: guard.name, when: guard.when, ...judge(guard, reasons, read.facts) };
  });
}

/** As it would stand at the end of its waits, if what is seen now has lasted until then. */
async function incidentOf(
  { resource, condition, evidence }: UnhealthySignal,
  rule: Rule,
  aws: Calls<Action>,
  { vitals, clock }: Ground,
): Promise<Incident> {
  const at = clock.now();
  const own = vitals.get(resource.kind);
  const opened = { id: 'explain', rule, condition, resource, evidence, openedAt: at };
  const incident = newIncident({ ...opened, place: await placeOf(resource, own, aws) });
  const symptom = await readSymptom(incident, own, aws);
  const seenSickAt = symptom.type === 'symptom.present' ? at : null;
  const sickSince = at - Math.max(rule.waitSeconds, rule.holdDownSeconds) * 1_000;
  return { ...incident, memory: { ...incident.memory, sickSince, seenSickAt } };
}

async function placeOf(
  resource: Resource,
  vitals: ReturnType<Surroundings['vitals']['get']>,
  aws: Calls<Action>,
): Promise<Incident['place']> {
  try {
    return vitals ? await vitals.place(resource, aws) : { groups: [] };
  } catch {
    // The guards read it again, and say that they cannot.
    return { groups: [] };
  }
}

function judge(guard: Guard, reasons: readonly string[], facts: Facts): Pick<GuardAnswer, 'verdict' | 'reasons'> {
  if (guard.needs.some((need) => facts[need].kind === 'unreadable')) return { verdict: 'unreadable', reasons };
  if (reasons.length > 0) return { verdict: 'refuses', reasons };
  const hangs = guard.needs.some((need) => onlyDeployed.includes(need));
  return hangs
    ? { verdict: 'unknown', reasons: [elsewhere[guard.name] ?? otherIncidents] }
    : { verdict: 'clear', reasons: [] };
}
