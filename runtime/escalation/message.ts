import type { NotificationKind } from '../../statemachines/effect';
import type { Incident } from '../../statemachines/incident';
import { attemptsOf, type Attempt } from '../attempts';
import type { HistoryEntry } from '../incident-store';
import { linksFor, nextStepFor, type Link } from './advice';

/** What a person must know, before it is put into the words of a channel. */
export interface Message {
  readonly kind: NotificationKind;
  readonly incident: string;
  /** One line without control characters. */
  readonly title: string;
  readonly sick: string;
  readonly since: string;
  readonly tried: readonly string[];
  readonly refused: readonly string[];
  readonly why: string;
  readonly nextStep: string;
  readonly links: readonly Link[];
  readonly facts: Readonly<Record<string, string>>;
}

/** What to tell people of an incident as it now stands. */
export function messageFor(kind: NotificationKind, incident: Incident, history: readonly HistoryEntry[]): Message {
  const { resource, condition, rule } = incident;
  const opened = history[0]?.event;
  const attempts = attemptsOf(history);
  const planned = incident.memory.planned;
  return {
    kind,
    incident: incident.id,
    title: titles[kind](`${resource.kind} ${resource.id} (${condition})`),
    sick: `${resource.kind} ${resource.id} in ${resource.region}, account ${resource.account}: ${condition}. ${opened?.type === 'incident.opened' ? opened.detail : ''}`.trim(),
    since: new Date(incident.openedAt).toISOString().replace('.000Z', 'Z'),
    tried: attempts.filter(wasTried).map(describe),
    refused: attempts.filter((attempt) => !wasTried(attempt)).map(describe),
    why:
      kind === 'approval'
        ? `Homeostat wants to ${planned?.summary ?? 'act'} (${planned?.remediation ?? 'no plan'}).`
        : kind === 'recovered'
          ? 'AWS says that it recovered.'
          : `Homeostat gave up: ${incident.memory.gaveUp ?? 'no reason was kept'}.`,
    nextStep:
      kind === 'recovered'
        ? 'Nothing has to be done now.'
        : kind === 'approval'
          ? 'Agree or refuse; without an answer the next person is called and nothing is touched.'
          : nextStepFor(incident),
    links: linksFor(incident),
    facts: {
      Incident: incident.id,
      Rule: rule.name,
      Account: resource.account,
      Region: resource.region,
      Mode: rule.mode,
    },
  };
}

const titles: Record<NotificationKind, (what: string) => string> = {
  escalated: (what) => `Needs you: ${what}`,
  approval: (what) => `Asks for your approval: ${what}`,
  recovered: (what) => `Recovered: ${what}`,
};

function wasTried({ outcome }: Attempt): boolean {
  return outcome === 'failed' || outcome === 'didNotHelp' || outcome === 'healed' || outcome === 'underWay';
}

const words: Record<Attempt['outcome'], string> = {
  healed: 'helped',
  didNotHelp: 'was done and did not help',
  failed: 'failed',
  refused: 'refused',
  notNeeded: 'is not needed',
  heldBack: 'was held back',
  denied: 'was denied',
  wouldStart: 'would be started',
  underWay: 'is under way',
};

function describe({ remediation, outcome, reason }: Attempt): string {
  return `${remediation} ${words[outcome]}${reason ? `: ${reason}` : ''}`;
}
