import { advance } from '../../../runtime/advance';
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
      notify: async (kind, contact, incident, history) => {
        // Without its alarm, which the vitals of a test stand in for.
        const shown = { ...incident, evidence: { alarmArn } };
        told.push({ kind, contact, incident: shown, history, message: messageFor(kind, shown, history) });
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

/** The message about a resource, an alarm and a rule of that name. */
export function messageAbout(name: string): Message {
  const incident: Incident = {
    ...anIncident({ name }),
    condition: name,
    resource: { ...anIncident().resource, kind: 'auto-scaling-group', id: name },
    evidence: { alarmArn: `arn:aws:cloudwatch:eu-central-1:111122223333:alarm:${name}` },
    openedAt: start,
    memory: { ...anIncident().memory, gaveUp: name },
  };
  const opened = { type: 'incident.opened', at: start, detail: name } as const;
  const refused = { type: 'plan.refused', at: start, remediation: name, reason: name } as const;
  return messageFor('escalated', incident, [
    { at: start, event: opened, from: 'opening', to: 'confirming', calls: [] },
    { at: start, event: refused, from: 'planning', to: 'choosing', calls: [] },
  ]);
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
