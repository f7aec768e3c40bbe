import { instantText, type Proposal, type ProposedPlan } from '../runtime/answers/proposal';
import type { EpochMillis } from '../signals/signal';
import { wrappedText } from './wrapped-text';

const width = 100;
const indent = 2;
const names = 15;

/** What is asked, as whoever is to answer reads it on a terminal. */
export function proposalText(proposal: Proposal, now: EpochMillis): string {
  const { incident, what, condition, rule, since, seen, plan, alternatives } = proposal;
  return [
    `${incident} asks for approval (rule ${rule})`,
    ...(plan ? lines('would', [`${plan.summary} (${plan.remediation})`]) : []),
    ...(plan ? lines('touches', plan.touches) : []),
    ...(plan ? lines('lost for good', plan.destroys) : []),
    ...lines('sick', [`${what}: ${condition}`, `since ${instantText(since, now)}`]),
    ...lines('seen', seen),
    ...(plan ? planLines(plan, now) : []),
    ...lines('what else', alternatives),
  ].join('\n');
}

function planLines(
  { risk, until, needed, yeses, hash, askedAgain }: ProposedPlan,
  now: EpochMillis,
): readonly string[] {
  return [
    ...lines('risk', [risk ?? 'not known to this release']),
    ...lines('until', until === undefined ? [] : [instantText(until, now)]),
    ...(needed > 1 ? lines('takes', [`${needed} people`, ...yeses.map((by) => `${by} has agreed`)]) : []),
    ...lines('asked again', askedAgain === undefined ? [] : [askedAgain]),
    ...lines('plan', [hash]),
  ];
}

/** Each of several values on a line of its own, the name before the first. */
function lines(name: string, values: readonly string[]): readonly string[] {
  return values.map((value, place) =>
    wrappedText(`${' '.repeat(indent)}${(place === 0 ? name : '').padEnd(names)}`, value, width),
  );
}
