import { transition, type SnapshotFrom } from 'xstate';
import { touches, type Effect } from './effect';
import { hasEnded, machineId, states, type Incident, type Memory } from './incident';
import { incidentEventSchema, type IncidentEvent } from './incident-event';
import { incidentMachine } from './incident-machine';
import type { Context } from './incident-machine/scope';

/** What one event did to an incident. */
export interface Step {
  readonly incident: Incident;
  /** In the order in which the machine asked; without `wake`, which is in `incident.wake`. */
  readonly effects: readonly Effect[];
  /** Whether what is stored of the incident is out of date; a mere new look at the clock is not stored. */
  readonly changed: boolean;
  /** Why the event did nothing, if it did nothing on purpose. */
  readonly ignored?: string;
}

/** The stored incident was made by a machine that this program does not have. It must be left alone and people told. */
export class UnknownMachineError extends Error {
  override readonly name = 'UnknownMachineError';
}

type Snapshot = SnapshotFrom<typeof incidentMachine>;

/** Restoring a snapshot costs as much as a step; an incident that has just been stepped still has its own. */
const snapshots = new WeakMap<Incident, Snapshot>();

/**
 * The machine, but for where it begins. `transition` makes an actor of it for each step and never looks at the state in which that
 * one begins; to work it out would cost as much as the step itself.
 */
const advancing = Object.create(incidentMachine, {
  getInitialSnapshot: { value: () => anywhere },
}) as typeof incidentMachine;
const anywhere = incidentMachine.resolveState({ value: 'opening', context: {} as Context });

/**
 * Advances an incident by one event: the whole of deciding. Pure: time is in the event, and what is to be done comes back as data.
 * An event after the end, and a timer that another revision armed, change nothing.
 * @throws UnknownMachineError for an incident of another machine or version; ZodError for an event that is not of ours.
 */
export function step(incident: Incident, event: IncidentEvent): Step {
  const known = incidentEventSchema.parse(event);
  if (hasEnded(incident)) return unchanged(incident, 'the incident has ended');
  if (known.type === 'timer.fired' && known.revision !== incident.wake?.revision) {
    return unchanged(incident, 'the timer is late: something else happened since it was set');
  }

  const [snapshot, actions] = transition(advancing, restore(incident), known);
  const requested = actions.map(effectOf);
  const memory = memoryOf(snapshot.context);
  const state = snapshot.value;
  const moved = state !== incident.state || requested.some(touches);
  const changed = moved || !isSame(memory, incident.memory);
  const wakes = requested.filter((effect) => effect.type === 'wake');
  const wakeAt = wakes.at(-1)?.at;
  const kept = moved ? null : incident.wake;
  const armedBy = changed ? incident.revision + 1 : (incident.wake?.revision ?? incident.revision + 1);

  const next: Incident = {
    ...incident,
    state,
    memory,
    wake: wakeAt === undefined ? kept : { at: wakeAt, revision: armedBy },
  };
  snapshots.set(next, snapshot);
  return { incident: next, effects: requested.filter((effect) => effect.type !== 'wake'), changed };
}

/** The incident as it stands once it is stored: one revision on. */
export function committed(incident: Incident): Incident {
  const next = { ...incident, revision: incident.revision + 1 };
  const live = snapshots.get(incident);
  if (live) snapshots.set(next, live);
  return next;
}

/** Whether this program has the machine that made the incident. */
export function canAdvance({ machine, state }: Pick<Incident, 'machine' | 'state'>): boolean {
  return machine.name === machineId.name && machine.version === machineId.version && states.includes(state);
}

function unchanged(incident: Incident, ignored: string): Step {
  return { incident, effects: [], changed: false, ignored };
}

function restore(incident: Incident): Snapshot {
  const live = snapshots.get(incident);
  if (live) return live;
  const { machine, state } = incident;
  if (!canAdvance(incident)) {
    throw new UnknownMachineError(
      `Incident ${incident.id} is in state ${state} of machine ${machine.name} ${machine.version}; this program has ${machineId.name} ${machineId.version}. Run the release that opened it: no other may touch it.`,
    );
  }
  const context: Context = { ...incident.memory, rule: incident.rule };
  const snapshot = incidentMachine.resolveState({ value: state, context, historyValue: {} });
  if (snapshot.status !== 'active')
    throw new UnknownMachineError(`Incident ${incident.id} cannot be restored in state ${state}.`);
  return snapshot;
}

/** Narrows what xstate asks for to our own effects. Anything else would be a machine that does more than ask. */
function effectOf(action: { readonly type: string; readonly params: unknown }): Effect {
  if (action.type !== 'request')
    throw new Error(`The incident machine asked for ${action.type}; it may only request effects.`);
  return action.params as Effect;
}

function memoryOf({ rule: _rule, ...memory }: Context): Memory {
  return memory;
}

function isSame(one: Memory, other: Memory): boolean {
  return (Object.keys(one) as (keyof Memory)[]).every((key) => one[key] === other[key]);
}
