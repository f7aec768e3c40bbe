import type { Command } from 'commander';
import { explainFile } from '../replay/recording-replay';
import type { ExplainedSignal, Explanation, RungAnswer } from '../replay/explanation';
import type { GuardAnswer } from '../replay/guard-answers';
import { durationText } from '../statemachines/duration';
import type { Rule } from '../statemachines/rule';
import { incidentText, numbered } from './incident-text';
import { defaultPolicyFile, policyFrom } from './policy-option';

interface Options {
  readonly policy?: string;
  readonly account?: string;
  readonly json?: true;
}

/** `homeostat explain`: what one event means to a policy. Status 1 when the event cannot be read. */
export function registerExplain(program: Command): void {
  program
    .command('explain')
    .description('say which rule takes an event, with which ladder and guards, and why not the others')
    .argument('<event>', 'a file with one event as EventBridge delivers it')
    .option('--policy <file>', 'the policy (default: policies/default.yaml)')
    .option('--account <file>', 'the account (default: it is assumed from the event)')
    .option('--json', 'print one JSON object')
    .action(async (file: string, { policy, account, json }: Options) => {
      const explanation = await explainFile(file, policyFrom(policy ?? defaultPolicyFile), account);
      console.log(json ? JSON.stringify(explanation, null, 2) : explanationText(explanation));
      if (explanation.reading === 'invalid') process.exitCode = 1;
    });
}

/** An explanation as people read it. */
export function explanationText({ reading, reason, signals, observed, assumed }: Explanation): string {
  if (reading !== 'signals') return `The event is ${reading}: ${reason ?? ''}`;
  return [
    ...signals.map(signalText),
    'In mode observe this would have been recorded, and nothing touched:',
    '',
    observed.length > 0 ? observed.map(incidentText).join('\n') : '  nothing\n',
    ...(assumed.length > 0 ? ['Assumed, since nothing recorded says it:', ...assumed.map((line) => `  ${line}`)] : []),
  ].join('\n');
}

function signalText(signal: ExplainedSignal): string {
  const { kind, condition, resource, detail, rule } = signal;
  return [
    `Signal   ${kind}${condition === null ? '' : `: ${condition}`}`,
    `About    ${resource.kind} ${resource.id} in ${resource.region}, account ${resource.account}`,
    `Says     ${detail}`,
    '',
    ...(kind === 'progress' ? ['Progress wakes the incidents that wait for it; it opens none.', ''] : []),
    ...routingText(signal),
    ...(rule ? ruleText(rule, signal) : []),
  ].join('\n');
}

/** The rules that are on the condition, each with its answer; the others are only counted. */
function routingText({ routing }: ExplainedSignal): string[] {
  if (routing.length === 0) return [];
  const told = routing.filter(({ concerned }) => concerned);
  const others = routing.length - told.length;
  return [
    'Rules, in order:',
    ...told.map(({ rule: name, matches, why }) => `  ${matches ? '→' : ' '} ${name}: ${why}`),
    ...(others > 0 ? [`    ${numbered(others, 'rule')} on other conditions`] : []),
    '',
  ];
}

function ruleText(rule: Rule, { kind, ladder }: ExplainedSignal): string[] {
  if (kind !== 'unhealthy') return [`It concerns the open incident of rule ${rule.name}, if there is one.`, ''];
  const { verify, limits, escalate } = rule;
  const least = 'count' in limits.minHealthy ? `${limits.minHealthy.count}` : `${limits.minHealthy.percent}%`;
  return [
    `Rule ${rule.name}, mode ${rule.mode}`,
    rule.waitSeconds > 0
      ? `  waits ${durationText(rule.waitSeconds)} for AWS to heal it, then reads the symptom`
      : '  reads the symptom at once',
    `Ladder${ladder.length === 0 ? ': empty, people are called at once' : ''}`,
    ...ladder.flatMap(rungText),
    ...guardsText(ladder),
    'Limits of the rule',
    `  at most ${limits.atOnce} at once, ${limits.perHour} starts an hour, ${limits.attempts} starts for one sickness`,
    `  ${least} of a group must stay healthy; nothing is touched that another incident holds`,
    `  symptom gone within ${durationText(verify.withinSeconds)} and for ${durationText(verify.healthyForSeconds)}, or the next rung`,
    `Then calls ${escalate.map(({ contact, afterSeconds }) => `${contact}${afterSeconds > 0 ? ` after ${durationText(afterSeconds)}` : ''}`).join(', then ')}`,
    '',
  ];
}

function rungText(
  { remediation, title, risk, approval, answer, detail, destroys, whenNot }: RungAnswer,
  rung: number,
): string[] {
  return [
    `  ${rung + 1}. ${remediation}: ${title} (risk ${risk}${asksText[approval]})`,
    `     now: ${nowText(answer, detail)}`,
    ...destroys.map((lost) => `     lost for good: ${lost}`),
    `     not when: ${whenNot}`,
  ];
}

const asksText: Readonly<Record<RungAnswer['approval'], string>> = {
  twoPeople: ', asks two people first',
  required: ', asks a person first',
  notRequired: '',
};

function nowText(answer: RungAnswer['answer'], detail: string): string {
  if (answer === 'planned') return `would ${detail}`;
  return `${answer === 'busy' ? 'would wait' : answer} — ${detail}`;
}

const verdicts: Readonly<Record<GuardAnswer['verdict'], string>> = {
  clear: 'clear',
  refuses: 'REFUSES',
  unreadable: 'UNREADABLE',
  unknown: 'not known',
};

/** What the guards would say to the first rung that has a plan: it is the one that would be tried. */
function guardsText(ladder: readonly RungAnswer[]): string[] {
  const first = ladder.find(({ guards }) => guards.length > 0);
  if (!first) return ['Guards: none is asked, for there is no plan'];
  const column = Math.max(...first.guards.map(({ guard }) => guard.length));
  const verdict = Math.max(...Object.values(verdicts).map(({ length }) => length));
  const indent = ' '.repeat(column + verdict + 6);
  return [
    `Guards, asked for ${first.remediation}: nothing starts …`,
    ...first.guards.flatMap((one) => [
      `  ${one.guard.padEnd(column)}  ${verdicts[one.verdict].padEnd(verdict)}  ${one.when}`,
      ...one.reasons.map((reason) => `${indent}→ ${reason}`),
    ]),
  ];
}
