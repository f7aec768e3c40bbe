import fc from 'fast-check';
import type { Effect } from '../../statemachines/effect';
import { hasEnded, states, type Incident } from '../../statemachines/incident';
import type { Rule } from '../../statemachines/rule';
import { heldAtMost, traceLag } from '../../statemachines/incident-machine/waits';
import { committed, step } from '../../statemachines/step';
import { anIncident, planMade, type Happening } from './incident';

const patient: Happening = { ...planMade, patience: { checkEvery: 60, giveUpAfter: 60 } } as Happening;

/** Everything that can come of each effect; the worst luck is on the list. */
const answers: Record<Exclude<Effect['type'], 'wake'>, readonly Happening[]> = {
  'read-symptom': ['symptom.present', 'symptom.gone', 'symptom.unreadable'].map(
    (type) => ({ type, detail: '' }) as Happening,
  ),
  plan: [
    patient,
    { type: 'plan.refused', remediation: 'r', reason: '' },
    { type: 'plan.notNeeded', remediation: 'r', reason: '' },
  ],
  // Being held back is left to the random lives below: its sixty turns multiply every path.
  admit: [{ type: 'admission.granted' }],
  start: [{ type: 'start.succeeded' }, { type: 'start.refused', reason: '' }, { type: 'start.unknown', reason: '' }],
  check: ['done', 'pending', 'failed', 'notStarted', 'continue'].map(
    (kind) => ({ type: `check.${kind}`, detail: '' }) as Happening,
  ),
  notify: [
    { type: 'notification.sent', contact: 'c' },
    { type: 'notification.failed', contact: 'c', reason: '' },
  ],
};

/** An incident at an instant; two of them are one when they differ only in how late it is. */
interface Node {
  readonly incident: Incident;
  readonly pending: Effect | undefined;
  readonly now: number;
}

const rule: Partial<Rule> = {
  waitSeconds: 60,
  verify: { withinSeconds: 60, healthyForSeconds: 60 },
  approvalWithinSeconds: 60,
  ladder: [{ remediation: 'gentle', approval: 'notRequired', parameters: {} }],
};

function keyOf({ incident, pending, now }: Node): string {
  const { state, memory, wake } = incident;
  const { deadlineAt, held, settledAt, notStartedAt, gaveUp: _words, ...others } = memory;
  // The guards decide on these, and the machine on none of them.
  const { lastStartAt: _last, sickSince: _since, seenSickAt: _seen, ...counters } = others;
  const relative = [
    ...[deadlineAt, held?.until ?? null, wake?.at ?? null].map((at) => away(at, now)),
    // Set whenever it begins to settle, and asked for only while it does.
    state === 'settling' ? away(settledAt, now, heldAtMost) : null,
    away(notStartedAt, now, traceLag),
  ];
  return JSON.stringify([state, counters, relative, pending?.type]);
}

/** How far off an instant is. Once it is past, the machine asks at the most whether it has been so for `longest`. */
function away(at: number | null, now: number, longest = 0): number | null {
  return at === null ? null : Math.max(at - now, -longest);
}

const everyAnswer: typeof answers = {
  ...answers,
  admit: [{ type: 'admission.granted' }, { type: 'admission.refused', refusals: [{ guard: 'lock', reason: 'full' }] }],
};

function after({ incident, now }: Node, happening: Happening, at = now): Node {
  const { incident: next, effects, changed } = step(incident, { ...happening, at });
  if (effects.length > 1) throw new Error(`${next.state} asks for ${effects.length} things at once`);
  return { incident: changed ? committed(next) : next, pending: effects[0], now: at };
}

function nextOf(node: Node, possible = answers): readonly Node[] {
  const { incident, pending, now } = node;
  if (pending) return possible[pending.type as keyof typeof answers].map((answer) => after(node, answer));
  if (incident.state === 'opening') return [after(node, { type: 'incident.opened', detail: '' })];
  const { wake } = incident;
  const woken = wake ? [after(node, { type: 'timer.fired', revision: wake.revision }, Math.max(now, wake.at))] : [];
  if (incident.state !== 'awaitingApproval') return woken;
  return [
    ...woken,
    after(node, { type: 'approval.granted', by: 'p', planHash: 'hash-1' }),
    after(node, { type: 'approval.denied', by: 'p' }),
  ];
}

const modes = ['act', 'approve', 'observe'] as const;

const walked = new Map<Rule['mode'], ReturnType<typeof walk>>();

/** Where every path leads in a mode. To walk them takes long, and is done once. */
function pathsIn(mode: Rule['mode']): ReturnType<typeof walk> {
  const paths = walked.get(mode) ?? walk({ incident: anIncident({ ...rule, mode }), pending: undefined, now: 0 });
  walked.set(mode, paths);
  return paths;
}

/** Walks every path from the opening; throws on one that comes back to where it was. */
function walk(first: Node): { reached: Set<string>; nodes: number } {
  const reached = new Set<string>();
  const finished = new Set<string>();
  const onPath = new Set<string>();
  const stack: { node: Node; key: string; left: Node[] }[] = [];
  const enter = (node: Node): void => {
    const key = keyOf(node);
    if (finished.has(key)) return;
    if (onPath.has(key)) throw new Error(`a path runs in a circle at ${key}`);
    reached.add(node.incident.state);
    const left = hasEnded(node.incident) ? [] : [...nextOf(node)];
    if (!hasEnded(node.incident) && left.length === 0) throw new Error(`nothing ever happens again at ${key}`);
    onPath.add(key);
    stack.push({ node, key, left });
  };
  enter(first);
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const next = top.left.pop();
    if (next) enter(next);
    else {
      stack.pop();
      onPath.delete(top.key);
      finished.add(top.key);
    }
  }
  return { reached, nodes: finished.size };
}

describe.each(modes)('in mode %s', (mode) => {
  const { reached, nodes } = pathsIn(mode);

  it('every path that answers and timers can take ends', () => {
    expect(nodes).toBeGreaterThan(20);
  });

  it('reaches only what the mode allows', () => {
    const never = {
      act: ['observed'],
      approve: ['observed'],
      observe: ['starting', 'checking', 'escalating', 'awaitingApproval', 'resolved', 'closed'],
    }[mode];
    expect(never.filter((state) => reached.has(state))).toEqual([]);
  });
});

it('every state but those that take a limit, a signal or a person is reached', () => {
  const all = modes.map((mode) => pathsIn(mode).reached);
  const reached = new Set(all.flatMap((one) => [...one]));
  // `choosing` and `givingUp` are passed through within one step.
  const others = ['choosing', 'held', 'givingUp', 'acknowledged'];
  expect(states.filter((state) => !reached.has(state))).toEqual(others);
});

describe('whatever happens, in whatever order', () => {
  const ladder: Rule['ladder'] = [
    { remediation: 'gentle', approval: 'notRequired', parameters: {} },
    { remediation: 'rough', approval: 'required', parameters: {} },
  ];
  const anySignal = fc.constantFrom('signal.repeated', 'signal.recovered', 'signal.progressed');

  it('an incident ends, and touches no more often than its rule allows', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('act', 'approve', 'observe'),
        fc.infiniteStream(fc.nat(9)),
        fc.array(fc.tuple(fc.nat(200), anySignal), { maxLength: 20 }),
        (mode, luck, signals) => {
          let node: Node = { incident: anIncident({ ...rule, ladder, mode }), pending: undefined, now: 0 };
          let continued = 0;
          let starts = 0;
          for (let turn = 0; !hasEnded(node.incident); turn += 1) {
            if (turn > 2_000) throw new Error(`no end in sight in state ${node.incident.state}`);
            const signal = node.pending ? undefined : signals.find(([at]) => at === turn)?.[1];
            const choices = signal ? [after(node, { type: signal, detail: '' })] : nextOf(node, everyAnswer);
            node = choices[(luck.next().value as number) % choices.length] as Node;
            if (node.pending?.type === 'start') starts += 1;
            if (node.incident.state === 'starting' && node.incident.memory.deadlineAt !== null) continued += 1;
          }
          expect(starts - continued).toBeLessThanOrEqual(ladder.length);
        },
      ),
      { numRuns: 500 },
    );
  });
});
