import type { Command } from 'commander';
import { explainFile } from '../replay/recording-replay';
import type { ExplainedSignal, Explanation } from '../replay/explanation';
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
    ...ladder.flatMap(({ remediation, title, risk, approval, answer, detail, whenNot }, rung) => [
      `  ${rung + 1}. ${remediation}: ${title} (risk ${risk}${approval === 'required' ? ', asks a person first' : ''})`,
      `     now: ${answer === 'planned' ? 'would' : answer} ${answer === 'planned' ? detail : `— ${detail}`}`,
      `     not when: ${whenNot}`,
    ]),
    'Guards of the rule',
    `  at most ${limits.atOnce} at once, ${limits.perHour} starts an hour, ${limits.attempts} starts for one incident`,
    `  ${least} of a group must stay healthy; nothing is touched that another incident holds`,
    `  symptom gone within ${durationText(verify.withinSeconds)} and for ${durationText(verify.healthyForSeconds)}, or the next rung`,
    `Then calls ${escalate.map(({ contact, afterSeconds }) => `${contact}${afterSeconds > 0 ? ` after ${durationText(afterSeconds)}` : ''}`).join(', then ')}`,
    '',
  ];
}
