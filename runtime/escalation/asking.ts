import { plainText } from '../../signals/plain-text';
import type { EpochMillis } from '../../signals/signal';
import type { Incident } from '../../statemachines/incident';
import { instantText, proposalOf, type Known, type ProposedPlan } from '../answers/proposal';
import type { HistoryEntry } from '../store/incident-store';
import type { Section } from './message';
import { answerBy } from './reasons';

/** Longest single text, in characters. */
const longest = 400;

/** What a request for approval says beside what every message does. */
export interface Asking {
  readonly fields: Readonly<Record<string, string>>;
  readonly sections: readonly Section[];
  /** The other rungs of the ladder: what was tried, what comes next, and what a no leads to. */
  readonly alternatives: Section;
}

/** What would be done, at what risk, and what else there is; undefined where nothing is planned. */
export function askingFor(
  incident: Incident,
  history: readonly HistoryEntry[],
  { at, known }: { readonly at: EpochMillis; readonly known: Known },
): Asking | undefined {
  const { plan, alternatives } = proposalOf(incident, history, known);
  if (!plan) return undefined;
  return {
    fields: {
      Risk: plan.risk ?? 'not known to this release',
      'Answer by': instantText(answerBy(incident, at), at),
      ...(plan.needed > 1 && { 'Two people': consentOf(plan) }),
    },
    sections: [
      { heading: 'What would be touched', items: plan.touches },
      { heading: 'What would be lost for good', items: plan.destroys },
    ],
    alternatives: { heading: 'Alternatives', items: alternatives.map((text) => plainText(text, longest)) },
  };
}

function consentOf({ destroys, yeses }: ProposedPlan): string {
  const why = destroys.length > 0 ? 'since something would be lost for good' : 'since the policy says so';
  const soFar = yeses.length > 0 ? `; ${yeses.join(', ')} has agreed` : '';
  return `two different people must agree, ${why}${soFar}`;
}
