import { advance } from '../../../runtime/advance';
import type { AnswerLink } from '../../../runtime/answers/answer-links';
import { digestMessage } from '../../../runtime/escalation/digest-message';
import { messageFor, type Message } from '../../../runtime/escalation/message';
import type { HistoryEntry } from '../../../runtime/store/incident-store';
import type { NotificationKind } from '../../../statemachines/effect';
import type { Incident } from '../../../statemachines/incident';
import type { Rule } from '../../../statemachines/rule';
import { anIncident } from '../../statemachines/incident';
import { aRemediation, scene, type Scene } from '../world';

export const start = Date.parse('2026-03-02T02:50:00Z');
export const alarmArn = 'arn:aws:cloudwatch:eu-central-1:111122223333:alarm:web-1 status';

/** What goes to people: as the notifier got it. */
export interface Told {
  readonly kind: NotificationKind;
  readonly contact: string;
  readonly incident: Incident;
  readonly history: readonly HistoryEntry[];
  readonly message: Message;
}

/** An instance that a reboot does not help and that cannot be replaced, lived through to each message that it leads to. */
export async function lived(
  rule: Partial<Rule> = {},
  about: Partial<Incident> = {},
): Promise<{ readonly it: Scene; readonly told: Told[] }> {
  const told: Told[] = [];
  const it = scene({
    remediations: [
      aRemediation(),
      aRemediation({
        name: 'replace-instance',
        plan: async () => ({ kind: 'refused', reason: 'i-0abc is a member of web, whose Launch process is suspended' }),
      }),
    ],
    notifier: {
      notify: async ({ kind, contact }, incident, history) => {
        // Without its alarm, which the vitals of a test stand in for.
        const shown = { ...incident, evidence: { alarmArn } };
        const message = messageFor(kind, shown, history, { at: it.now, known: it.world.remediations });
        told.push({ kind, contact, incident: shown, history, message });
        return 'sent';
      },
      notifyParked: async () => undefined,
    },
  });
  it.now = start;
  it.health = { kind: 'unhealthy', detail: 'i-0abc fails its instance status check' };
  const opened = {
    type: 'incident.opened',
    at: start,
    detail: 'web-1 status is ALARM: 2 datapoints over 0.0',
  } as const;
  await advance({ ...anIncident(rule), openedAt: start, ...about }, opened, ['s'], it.world);
  return { it, told };
}

/** The message to the first tier after everything was tried. */
export async function givenUp(about: Partial<Incident> = {}): Promise<{ readonly it: Scene; readonly told: Told[] }> {
  const life = await lived({}, about);
  for (let wakes = 0; life.told.length === 0; wakes += 1) {
    if (wakes > 100) throw new Error('Nobody was ever told.');
    await life.it.wakes();
  }
  return life;
}

/** Names as only somebody with bad intentions, or a tired colleague, gives them. */
export const hostileNames = [
  'a\nb\r\nBcc: everyone@example.com',
  '\u001b[31mred\u001b[0m',
  'x'.repeat(255),
  '\u{1f525}'.repeat(100),
  '<!channel> <@U012345> @here',
  '*bold* _it_ ~no~ `code`',
  `"quoted" 'and' \\ back`,
  '<https://evil.example|click> [click](https://evil.example)',
  '&lt;!channel&gt;',
  '\u202eevil\u0000\u2028',
  '__proto__',
];

/** Escalated, about a resource, an alarm, a rule, a contact and all else of that name. */
export function incidentNamed(name: string): Incident {
  const [first, second] = anIncident().rule.escalate;
  const escalate = [{ ...first, contact: name }, second ?? first] as const;
  return {
    ...anIncident({ name, escalate }),
    condition: name,
    resource: { ...anIncident().resource, kind: 'auto-scaling-group', id: name },
    evidence: { alarmArn: `arn:aws:cloudwatch:eu-central-1:111122223333:alarm:${name}` },
    openedAt: start,
    memory: { ...anIncident().memory, gaveUp: name },
  };
}

/** What such an incident has been through. */
function historyNamed(name: string): readonly HistoryEntry[] {
  const refusals = [{ guard: 'storm', reason: name, until: start }] as const;
  return [
    {
      at: start,
      event: { type: 'incident.opened', at: start, detail: name },
      from: 'opening',
      to: 'confirming',
      calls: [],
    },
    {
      at: start,
      event: { type: 'plan.refused', at: start, remediation: name, reason: name },
      from: 'planning',
      to: 'choosing',
      calls: [],
    },
    {
      at: start,
      event: { type: 'admission.refused', at: start, refusals },
      from: 'admitting',
      to: 'held',
      remediation: name,
      calls: [],
    },
  ];
}

/** The message about an incident in which everything is named so. */
export function messageAbout(name: string): Message {
  return messageFor('escalated', incidentNamed(name), historyNamed(name));
}

/** The same while a storm holds it. */
export function heldMessage(name: string): Message {
  const { memory, ...incident } = incidentNamed(name);
  const held = { until: start, reason: name, storm: true };
  return messageFor('held', { ...incident, memory: { ...memory, held } }, historyNamed(name));
}

/** The request to agree to something that destroys things of that name. */
export function askingMessage(name: string, link?: AnswerLink): Message {
  const { memory, rule, ...incident } = incidentNamed(name);
  const planned = {
    remediation: name,
    plan: {},
    planHash: 'hash-1',
    touches: [`111122223333/eu-central-1/auto-scaling-group/${name}`],
    summary: name,
    destroys: [name],
    patience: { checkEvery: 30, giveUpAfter: 300 },
  };
  const asking: Incident = {
    ...incident,
    rule: { ...rule, ladder: [...rule.ladder, { remediation: name, approval: 'required', parameters: {} }] },
    state: 'awaitingApproval',
    memory: { ...memory, planned, deadlineAt: start + 60_000, approved: { hash: 'hash-1', by: [name] } },
  };
  const yes: HistoryEntry = {
    at: start,
    event: { type: 'approval.granted', at: start, by: name, planHash: 'hash-0' },
    from: 'awaitingApproval',
    to: 'confirming',
    remediation: name,
    calls: [],
  };
  return messageFor('approval', asking, [...historyNamed(name), yes], { at: start, ...(link && { link }) });
}

/** The digest of incidents that are all named so. */
export function digestAbout(name: string): Message {
  const kinds = ['escalated', 'approval', 'held', 'recovered', 'parked'] as const;
  const folded = kinds.map((kind, place) => ({
    contact: 'oncall',
    notice: `inc-${place}-${kind}-0`,
    kind,
    incident: `inc-${place}`,
    at: start,
    openedAt: start,
    rule: name,
    condition: name,
    resource: `111122223333/eu-central-1/auto-scaling-group/${name}`,
    scopes: [`111122223333/eu-central-1/auto-scaling-group/${name}`],
    until: start,
  }));
  return digestMessage({ contact: 'oncall', folded }, start);
}

/** The message of an incident that has been through more than anybody reads. */
export function endlessMessage(): Message {
  const refusals = Array.from({ length: 5_000 }, (_, index): HistoryEntry => {
    const reason = `${index} ${'&'.repeat(5_000)}`;
    const event = { type: 'plan.refused', at: start, remediation: `remediation-${index}`, reason } as const;
    return { at: start, event, from: 'planning', to: 'choosing', calls: [] };
  });
  return messageFor('escalated', { ...anIncident(), openedAt: start }, refusals);
}
