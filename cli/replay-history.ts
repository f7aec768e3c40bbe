import type { History } from '../replay/history';
import { firstDifference, type Decided, type Difference } from '../replay/history-decisions';
import { historiesIn, HistoryError, readHistory, type FoundHistory } from '../replay/history-file';
import { timeText } from '../replay/report';
import { machineId } from '../statemachines/incident';
import { resourceKey } from '../signals/signal';
import type { CommandResult } from './command-result';
import type { Deployment } from './deployment';
import { historyIn } from './incident-history';

/** What became of one history; people script against these names. */
type Verdict =
  | {
      readonly history: string;
      readonly incident: string;
      readonly release: string;
      readonly machine: History['opened']['machine'];
      readonly decisions: number;
      /** Null where every decision is the same. */
      readonly difference: (Omit<Difference, 'at'> & { readonly at: string }) | null;
    }
  | { readonly history: string; readonly unreadable: string };

/** An incident's id; a file of that name is `./inc-…`. */
export const looksLikeId = /^inc-[0-9a-f]+$/;

/**
 * Decides recorded incidents anew: those of a file, or the one of a deployment that the id names. Status 0 where all are decided
 * the same.
 */
export async function redecided(fileOrId: string, deployment: () => Deployment, json?: true): Promise<CommandResult> {
  const verdicts: Verdict[] = [];
  const texts: string[] = [];
  const faults: string[] = [];
  for await (const found of looksLikeId.test(fileOrId) ? ofDeployment(fileOrId, deployment()) : historiesIn(fileOrId)) {
    const { position } = found;
    if (found.kind === 'unreadable') {
      verdicts.push({ history: position, unreadable: found.message });
      faults.push(`homeostat: ${position}: ${found.message}`);
      continue;
    }
    const { history } = found;
    const difference = firstDifference(history);
    texts.push(verdictText(history, difference));
    verdicts.push({
      history: position,
      incident: history.opened.id,
      release: history.release,
      machine: history.opened.machine,
      decisions: history.entries.length,
      difference: difference ? { ...difference, at: timeText(difference.at) } : null,
    });
  }
  if (verdicts.length === 0)
    faults.push(`homeostat: ${fileOrId} holds no history: homeostat incident ID --history writes one`);
  const isSame = faults.length === 0 && verdicts.every((one) => 'difference' in one && one.difference === null);
  const out = json
    ? JSON.stringify({ same: isSame, histories: verdicts }, null, 2)
    : [...texts, ...(verdicts.length > 1 ? [countsText(verdicts)] : [])].join('\n');
  return { status: isSame ? 0 : 1, out, err: faults.join('\n') };
}

async function* ofDeployment(id: string, deployment: Deployment): AsyncGenerator<FoundHistory> {
  const position = `incident ${id}`;
  const found = await historyIn(await deployment.store(), id);
  if (typeof found === 'string') {
    yield { kind: 'unreadable', position, message: found };
    return;
  }
  try {
    // Stored rows are checked as closely as a file.
    yield { kind: 'history', position, history: readHistory(JSON.parse(JSON.stringify(found))) };
  } catch (error) {
    if (!(error instanceof HistoryError)) throw error;
    yield { kind: 'unreadable', position, message: error.message };
  }
}

function verdictText({ opened, release, entries }: History, difference?: Difference): string {
  const { id, condition, resource, rule, machine } = opened;
  const isOfAnother = machine.version !== machineId.version;
  return [
    `${id}  ${difference ? 'DIFFERS' : 'SAME'}  ${resourceKey(resource)} ${condition} (rule ${rule.name})`,
    `  recorded by homeostat ${release}, decided by machine ${machine.name} ${machine.version}${isOfAnother ? `; this program has version ${machineId.version}` : ''}`,
    ...(difference
      ? differenceText(difference, entries.length)
      : [`  ${entries.length} decisions, and what they came to, are the same today`]),
    '',
  ].join('\n');
}

function differenceText({ entry, at, event, from, then, today, why }: Difference, of: number): readonly string[] {
  return [
    `  the first decision that differs is entry ${entry} of ${of}: ${event} in state ${from}, ${timeText(at)}`,
    `    then   ${decidedText(then)}`,
    `    today  ${today ? decidedText(today) : 'no decision'}`,
    `    why    ${why}`,
  ];
}

function decidedText({ state, remediation, asks, wakeAt }: Decided): string {
  return [
    `state ${state}`,
    ...(remediation === null ? [] : [`remediation ${remediation}`]),
    ...(asks === null ? [] : [`asks for ${asks}`]),
    ...(wakeAt === undefined ? [] : [wakeAt === null ? 'no wake-up' : `woken at ${timeText(wakeAt)}`]),
  ].join(', ');
}

function countsText(verdicts: readonly Verdict[]): string {
  const differing = verdicts.filter((one) => 'difference' in one && one.difference !== null).length;
  const unreadable = verdicts.filter((one) => 'unreadable' in one).length;
  const counts = [
    [verdicts.length - differing - unreadable, 'the same'],
    [differing, 'differing'],
    [unreadable, 'unreadable'],
  ] as const;
  return `${verdicts.length} histories: ${counts.flatMap(([count, what]) => (count > 0 ? [`${count} ${what}`] : [])).join(', ')}`;
}
