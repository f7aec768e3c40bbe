import type { HistoryEntry } from '../../store/incident-store';
import { median, type Story } from './story';

/** What became of requests for approval; an incident may ask more than once. */
export interface Approvals {
  readonly asked: number;
  readonly approved: number;
  readonly denied: number;
  /** Nobody answered in time, or only one of the two who had to. */
  readonly unanswered: number;
  /** Nobody could be asked. */
  readonly unreachable: number;
  /** It was well, or closed by a person, before anybody answered. */
  readonly overtaken: number;
  readonly open: number;
  /** Share of yes among the answers, from 0 to 1; null without an answer. */
  readonly agreement: number | null;
  /** Seconds from asking to the answer that decided it, yes or no. */
  readonly answeredAfterSeconds: number | null;
}

type Answer = 'approved' | 'denied' | 'unanswered' | 'unreachable' | 'overtaken' | 'open';

interface Request {
  readonly answer: Answer;
  readonly seconds: number;
}

/** Reckons up all that people were asked. */
export function approvalsIn(stories: readonly Story[]): Approvals {
  const requests = stories.flatMap(({ history }) => requestsIn(history));
  const count = (answer: Answer): number => requests.filter((one) => one.answer === answer).length;
  const [approved, denied] = [count('approved'), count('denied')];
  const answered = requests.filter(({ answer }) => answer === 'approved' || answer === 'denied');
  return {
    asked: requests.length,
    approved,
    denied,
    unanswered: count('unanswered'),
    unreachable: count('unreachable'),
    overtaken: count('overtaken'),
    open: count('open'),
    agreement: answered.length === 0 ? null : approved / answered.length,
    answeredAfterSeconds: median(answered.map(({ seconds }) => seconds)),
  };
}

function requestsIn(history: readonly HistoryEntry[]): readonly Request[] {
  return history.flatMap((asked, index) => {
    if (asked.to !== 'awaitingApproval' || asked.from === 'awaitingApproval') return [];
    const left = history.slice(index + 1).find(({ to }) => to !== 'awaitingApproval');
    if (!left) return [{ answer: 'open', seconds: 0 }];
    return [{ answer: answerOf(left), seconds: Math.round((left.at - asked.at) / 1_000) }];
  });
}

/** By what ended the wait. */
function answerOf({ event }: HistoryEntry): Answer {
  switch (event.type) {
    case 'approval.granted':
      return 'approved';
    case 'approval.denied':
      return 'denied';
    case 'timer.fired':
      return 'unanswered';
    case 'notification.failed':
      return 'unreachable';
    default:
      return 'overtaken';
  }
}
