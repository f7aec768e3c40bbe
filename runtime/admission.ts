import type { Planning } from '../remediations/remediation';
import { decideAdmission, quotasFor } from '../statemachines/admission';
import type { Effect } from '../statemachines/effect';
import type { Asking } from '../statemachines/guards/guard';
import { paceQuotas } from '../statemachines/guards/storm';
import type { Incident } from '../statemachines/incident';
import type { IncidentEvent } from '../statemachines/incident-event';
import { accountScope, ruleScope } from '../statemachines/scope';
import type { Action, Calls } from '../vitals/aws';
import { readGround, type Ground } from './admission/facts';
import type { Claim } from './store/incident-store';
import type { Surroundings } from './surroundings';

type Planned = Extract<Planning<unknown>, { kind: 'planned' }>;

/** What is asked of the guards for a plan, and the ground on which they decide. */
export interface Question {
  readonly asking: Asking;
  readonly ground: Ground;
}

/** Reads all that the guards have to know of a plan. */
export async function questionFor(
  incident: Pick<Incident, 'id' | 'rule' | 'resource' | 'place' | 'evidence' | 'memory'>,
  remediation: string,
  { touches, group }: Pick<Planned, 'touches' | 'group'>,
  aws: Calls<Action>,
  world: Pick<Surroundings, 'clock' | 'store' | 'policy' | 'vitals' | 'remediations'>,
): Promise<Question> {
  const { id, rule, resource, memory } = incident;
  const planGroup = group === 'alone' ? undefined : group.resource;
  const ground = await readGround(incident, touches, planGroup, aws, world);
  const asking: Asking = {
    at: world.clock.now(),
    incident: id,
    rule,
    overall: world.policy.limits,
    remediation,
    ...(world.remediations.get(remediation)?.interrupts && { interrupts: true }),
    touches,
    quotas: quotasFor(rule, world.policy.limits, resource, ground.places),
    group:
      group === 'alone' ? 'alone' : { name: group.resource.id, size: group.size, healthyOthers: group.healthyOthers },
    memory,
  };
  return { asking, ground };
}

type Answer = Extract<IncidentEvent, { type: 'admission.granted' | 'admission.refused' }>;

/** Whether a plan may start now, and what its start claims if it is to start. */
export async function admit(
  effect: Extract<Effect, { type: 'admit' }>,
  incident: Incident,
  planned: Planned | undefined,
  aws: Calls<Action>,
  world: Surroundings,
): Promise<{ readonly event: Answer; readonly claim?: Claim }> {
  const at = world.clock.now();
  if (!planned) {
    const reason = 'its plan is no longer at hand';
    return { event: { type: 'admission.refused', at, refusals: [{ guard: 'evidence', reason }] } };
  }
  const { asking, ground } = await questionFor(incident, effect.remediation, planned, aws, world);
  const admission = decideAdmission(asking, ground.facts);
  if (admission.kind === 'refused') {
    return { event: { type: 'admission.refused', at: asking.at, refusals: [...admission.refusals] } };
  }
  const event = { type: 'admission.granted', at: asking.at } as const;
  return effect.to === 'start' ? { event, claim: claimFor({ asking, ground }) } : { event };
}

function claimFor({ asking, ground }: Question): Claim {
  const { at, rule, touches, quotas, overall } = asking;
  const { sightings } = ground.facts;
  return {
    resources: ground.resources,
    at,
    scopes: [
      ruleScope(rule.name),
      ...new Set([...touches.map(({ account }) => accountScope(account)), ...ground.places]),
    ],
    quotas: [...quotas, ...(sightings.kind === 'known' ? paceQuotas(overall.storm, sightings.value, at) : [])],
  };
}
