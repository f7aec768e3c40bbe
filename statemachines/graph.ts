import { incidentMachine } from './incident-machine';

interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly labels: readonly string[];
}

/** The incident machine as a Mermaid state diagram, drawn from the machine itself: one arrow for each pair of states. */
export function drawMachine(): string {
  const { states, initial } = incidentMachine.root;
  const lines = Object.values(states).flatMap((state) => {
    const description = state.description ? [`  ${state.key}: ${state.key}\\n${state.description}`] : [];
    return state.type === 'final' ? [...description, `  ${state.key} --> [*]`] : description;
  });
  const arrows = Object.values(states).flatMap((state) => arrowsOf(state.key));
  const drawn = arrows.map(({ from, to, labels }) => {
    const label = labels.filter(Boolean).join('\\n');
    return `  ${from} --> ${to}${label && `: ${label}`}`;
  });
  return ['stateDiagram-v2', `  [*] --> ${initial.target[0]?.key ?? ''}`, ...lines, ...drawn, ''].join('\n');
}

function arrowsOf(key: string): readonly Arrow[] {
  const state = incidentMachine.root.states[key];
  const labels = new Map<string, string[]>();
  const transitions = [...(state?.transitions.values() ?? [])].flat();
  for (const { eventType, target, guard } of [...transitions, ...(state?.always ?? [])]) {
    // A transition without a target stays where it is: it is not an arrow.
    const to = target?.[0]?.key;
    if (to === undefined) continue;
    const label = [eventType, guardName(guard)].filter(Boolean).join(' ');
    labels.set(to, [...(labels.get(to) ?? []), label]);
  }
  return [...labels].map(([to, all]) => ({ from: key, to, labels: all }));
}

function guardName(guard: unknown): string {
  if (typeof guard === 'string') return `[${guard}]`;
  const type = (guard as { type?: string } | undefined)?.type;
  return type ? `[${type}]` : '';
}
