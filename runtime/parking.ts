import { hasEnded, states, type Incident } from '../statemachines/incident';
import type { IncidentEvent } from '../statemachines/incident-event';
import type { Policy } from '../statemachines/policy';
import { UnknownMachineError } from '../statemachines/step';
import { advance, type Advance } from './advance';
import { standIns } from './escalation/stand-ins';
import { SnapshotTooLargeError, UnreadableIncidentError, type IncidentSummary } from './store/incident-store';
import type { Surroundings } from './surroundings';

/** The incident was left alone and set aside: another release has to go on with it, or a person. */
export interface Parked {
  readonly kind: 'parked';
  readonly reason: string;
}

/** Why this program may not go on with an incident, if that is what the error says; trying again will not help. */
export function whyParked(error: unknown): string | undefined {
  const isLasting =
    error instanceof UnknownMachineError ||
    error instanceof UnreadableIncidentError ||
    error instanceof SnapshotTooLargeError;
  return isLasting ? error.message : undefined;
}

/** `advance`, but an incident that this program may not go on with is parked, so that it is not in the way of others. */
export async function advanceOrPark(
  incident: Incident,
  trigger: IncidentEvent,
  signals: readonly string[],
  world: Surroundings,
): Promise<Advance | Parked> {
  try {
    return await advance(incident, trigger, signals, world);
  } catch (error) {
    const reason = whyParked(error);
    if (reason === undefined) throw error;
    await park(incident.id, reason, world, incident);
    return { kind: 'parked', reason };
  }
}

/** As far as an incident that cannot be read may have a rule. */
type Ruled = { readonly rule: { readonly name: string; readonly escalate?: Incident['rule']['escalate'] } };

const lookedAmong = 500;
const open = states.filter((state) => !hasEnded({ state }));

/**
 * Sets an incident aside and tells people, once: first they are told, so that nothing is set aside that nobody knows of. Throws
 * when nobody could be told; whoever meets it next tries again.
 */
export async function park(id: string, reason: string, world: Surroundings, incident?: Ruled): Promise<void> {
  const summary = await find(id, world);
  if (summary?.parked !== undefined) return;
  const contacts = contactsFor(incident?.rule ?? (summary && { name: summary.rule }), world.policy);
  const told = await Promise.allSettled(
    contacts.map((contact) => world.notifier.notifyParked(contact, { id, reason, ...(summary && { summary }) })),
  );
  const [failure] = told.filter((one) => one.status === 'rejected');
  if (failure && told.every(({ status }) => status === 'rejected')) throw failure.reason;
  await world.store.park(id, reason);
}

/** What the lists say of it: they can be read whoever wrote the incident. */
async function find(id: string, { store }: Surroundings): Promise<IncidentSummary | undefined> {
  const isIt = (summary: IncidentSummary): boolean => summary.id === id;
  return (await store.parked(lookedAmong)).find(isIt) ?? (await store.list(open, lookedAmong)).find(isIt);
}

/** The first tier of the incident's own rule, if the policy still has that contact. */
function contactsFor(rule: Ruled['rule'] | undefined, policy: Policy): readonly string[] {
  const own = rule?.escalate?.[0].contact;
  return own !== undefined && own in policy.contacts ? [own] : standIns(rule?.name, policy);
}
