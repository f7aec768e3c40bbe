import type { EpochMillis } from '../../signals/signal';
import type { Decision, HeldTicket } from '../store/ticket-store';
import { markup, type Markup } from './markup';
import { pageOf, type PageResponse } from './page-layout';
import { clockText, instantText, type Proposal, type ProposedPlan } from './proposal';

/** What whoever approves must type: the scanners of mail programs send forms, but read no pages. */
export function codeOf(planHash: string): string {
  return planHash.slice(0, 4);
}

const verbs: Record<Decision, string> = { approve: 'Approve', deny: 'Deny', acknowledge: 'Acknowledge' };
const answered: Record<Decision, string> = { approve: 'approved', deny: 'denied', acknowledge: 'acknowledged' };

/** What is asked, and what can be answered. */
export function questionPage({ contact, purpose }: HeldTicket, proposal: Proposal, at: EpochMillis): PageResponse {
  if (purpose === 'acknowledgement') {
    const calls = markup`<p>Homeostat calls ${contact}. Whoever acknowledges takes it over, and nobody else is called.</p>`;
    return pageOf(200, `${proposal.what} needs you`, markup`${calls}${facts(proposal, at)}${button('acknowledge')}`);
  }
  const { plan } = proposal;
  const asks = markup`<p>Homeostat asks ${contact}. It does nothing without an answer.</p>`;
  const yes = plan && plan.needed > 1 ? twoPeople(proposal, plan) : button('approve');
  return pageOf(
    200,
    `May Homeostat ${plan?.summary ?? 'act'}?`,
    markup`${asks}${facts(proposal, at)}${yes}${button('deny')}`,
  );
}

function twoPeople({ incident }: Proposal, { yeses, hash }: ProposedPlan): Markup {
  const so = yeses.length > 0 ? ` So far agreed: ${yeses.join(', ')}.` : '';
  return markup`<p class="warning">Two people must agree to this plan, and a link cannot tell who two people are.${so}</p>
<p>Each of them approves by the command, under credentials of their own:<br><code>homeostat approve ${incident} --plan ${hash}</code></p>
`;
}

function button(decision: Decision): Markup {
  return markup`<form method="post"><input type="hidden" name="decision" value="${decision}"><button>${verbs[decision]} …</button></form>
`;
}

/** The step between a press of a button and an answer; `wrong`: the code was not as shown. */
export function confirmPage(decision: Decision, proposal: Proposal, wrong = false): PageResponse {
  const { plan } = proposal;
  const objection = wrong ? markup`<p class="warning">The code was not as shown. Nothing has been approved.</p>` : '';
  const typed = decision === 'approve' && plan ? codeField(codeOf(plan.hash)) : '';
  return pageOf(
    wrong ? 400 : 200,
    `${verbs[decision]}: are you sure?`,
    markup`${objection}<p>${consequenceOf(decision, proposal)}</p>
<form method="post"><input type="hidden" name="decision" value="${decision}"><input type="hidden" name="confirm" value="yes">${typed}
<button>${verbs[decision]}</button></form>`,
  );
}

function codeField(code: string): Markup {
  return markup`<label>To approve, type <code>${code}</code><br>
<input name="code" required maxlength="4" autocomplete="off" autocapitalize="none" spellcheck="false"></label>`;
}

function consequenceOf(decision: Decision, { what, plan }: Proposal): string {
  const summary = plan?.summary ?? 'act';
  if (decision === 'acknowledge') return `You take over ${what}. Nobody else is called.`;
  if (decision === 'deny') return `Homeostat will not ${summary}. People are called to take over.`;
  return `Homeostat looks once more, and if all is still so, it will ${summary}.`;
}

/** The answer is on its way. */
export function recordedPage(decision: Decision, { incident }: Pick<HeldTicket, 'incident'>): PageResponse {
  const then =
    decision === 'approve'
      ? 'Homeostat now looks at the sickness, the plan and the guards once more. Where the plan has changed by then, you are asked again.'
      : 'Homeostat takes note of it within a minute.';
  return pageOf(200, `You have ${answered[decision]}`, markup`<p>${then}</p>${more(incident)}`);
}

/** Somebody has answered by this link before. */
export function answeredPage(status: 200 | 409, { incident, answer }: HeldTicket): PageResponse {
  const said = answer ? `It was ${answered[answer.decision]} at ${clockText(answer.at)}, by this link.` : '';
  return pageOf(status, 'Already answered', markup`<p>${said} A link can be used once.</p>${more(incident)}`);
}

/** One clear sentence; `incident` where more can be read of it. */
export function sentencePage(status: number, title: string, sentence: string, incident?: string): PageResponse {
  const allowed: Record<string, string> = status === 405 ? { allow: 'GET, HEAD, POST' } : {};
  return pageOf(status, title, markup`<p>${sentence}</p>${incident === undefined ? '' : more(incident)}`, allowed);
}

function more(incident: string): Markup {
  return markup`<p>What comes of it says <code>homeostat incident ${incident}</code></p>`;
}

function facts(proposal: Proposal, at: EpochMillis): Markup {
  const { what, condition, since, seen, gaveUp, plan, alternatives, rule, incident } = proposal;
  const asked = gaveUp === undefined ? plan : undefined;
  return markup`<dl>
${fact('Sick', `${what}: ${condition}`)}${fact('Since', instantText(since, at))}${fact('Seen', seen)}
${fact('Homeostat gave up', gaveUp)}${asked && planFacts(asked, at)}
${fact(asked ? 'What else there is' : 'Tried', alternatives)}${fact('Rule and incident', `${rule}, ${incident}`)}
</dl>
`;
}

function planFacts(plan: ProposedPlan, at: EpochMillis): Markup {
  const { summary, remediation, risk, touches, destroys, until, hash, askedAgain } = plan;
  const lost = destroys.length > 0 ? markup`<dt class="warning">Lost for good</dt><dd>${listOf(destroys)}</dd>` : '';
  return markup`${fact('Asked once more', askedAgain)}${fact('What would be done', `${summary} (${remediation})`)}${fact('What would be touched', touches)}${lost}
${fact('Risk', risk ?? 'not known to this release')}
${fact('Until when', until === undefined ? undefined : instantText(until, at))}${fact('Plan', hash)}`;
}

function fact(name: string, value: string | readonly string[] | undefined): Markup | undefined {
  if (value === undefined || value.length === 0) return undefined;
  return markup`<dt>${name}</dt><dd>${typeof value === 'string' ? value : listOf(value)}</dd>
`;
}

function listOf(values: readonly string[]): Markup {
  return markup`<ul>${values.map((value) => markup`<li>${value}</li>`)}</ul>`;
}
