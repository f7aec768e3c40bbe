import { incidentMachine } from './incident-machine';

type StateNode = (typeof incidentMachine.root.states)[string];
type Transition = StateNode['always'] extends readonly (infer T)[] | undefined ? T : never;

/**
 * The incident machine as a Mermaid state diagram, drawn from the machine itself: one arrow for each pair of states, labelled
 * `event [guard]`. What applies in every state, and what leaves the state as it is, is not drawn.
 */
export function drawMachine(): string {
  const { states, initial } = incidentMachine.root;
  const all = Object.values(states);
  const ends = all.filter(({ type }) => type === 'final').map(({ key }) => key);
  return [
    'stateDiagram-v2',
    `  [*] --> ${initial.target[0]?.key ?? ''}`,
    ...all
      .filter(({ description }) => description)
      .map(({ key, description }) => `  ${key}: ${key}<br/>${description}`),
    ...all.flatMap(arrowsFrom),
    ...ends.map((key) => `  ${key} --> [*]`),
    '',
  ].join('\n');
}

function arrowsFrom(state: StateNode): string[] {
  const transitions = [...[...state.transitions.values()].flat(), ...(state.always ?? [])];
  // A transition without a target stays where it is: it is not an arrow.
  const targets = [...new Set(transitions.flatMap(({ target }) => target?.[0]?.key ?? []))];
  return targets.map((to) => {
    const label = labelOf(
      transitions.filter(({ target }) => target?.[0]?.key === to),
      transitions,
    );
    return `  ${state.key} --> ${to}${label && `: ${label}`}`;
  });
}

/** Events under one guard share a line: `check.pending, check.continue [is late]`. */
function labelOf(arrow: readonly Transition[], all: readonly Transition[]): string {
  const lines = new Map<string, string[]>();
  for (const transition of arrow) {
    const guard = guardText(transition, all);
    lines.set(guard, [...(lines.get(guard) ?? []), transition.eventType]);
  }
  return [...lines].map(([guard, events]) => [events.join(', '), guard].filter(Boolean).join(' ')).join('<br/>');
}

/** `[is late]` for `isLate`; `[else]` for what is left when no guard before it holds. */
function guardText({ guard, eventType }: Transition, all: readonly Transition[]): string {
  if (guard === undefined) return all.some((one) => one.eventType === eventType && one.guard) ? '[else]' : '';
  const name = typeof guard === 'string' ? guard : 'type' in guard ? guard.type : guard.name;
  return `[${name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}]`;
}
