import type { NotificationKind } from '../../statemachines/effect';
import type { Incident } from '../../statemachines/incident';
import { peopleNeeded } from '../../statemachines/incident-machine/approval';
import type { AnswerLink } from '../answers/answer-links';

/** How to answer a message. */
export interface Answer {
  readonly heading: string;
  /** Whoever has it can answer: it stands in the body of a message, and nowhere else. */
  readonly link?: AnswerLink;
  /** Each a command line, and what it does. */
  readonly commands: readonly string[];
}

/** What can be answered to a message about an incident; undefined where nothing is asked. */
export function answerTo(kind: NotificationKind, incident: Incident, link?: AnswerLink): Answer | undefined {
  const { id, memory, rule } = incident;
  const linked = link && { link };
  switch (kind) {
    case 'approval': {
      const two = peopleNeeded({ ...memory, rule }) > 1;
      return {
        heading: 'To answer',
        ...linked,
        commands: [
          `homeostat approve ${id}${two ? ' (two different people, each under their own AWS credentials)' : ''}`,
          `homeostat deny ${id}`,
        ],
      };
    }
    case 'escalated':
      return { heading: 'To say that you have it', ...linked, commands: [`homeostat acknowledge ${id}`] };
    case 'recovered':
    case 'held':
      return undefined;
  }
}
