import { noAnswerLinks } from '../../../runtime/answers/answer-links';
import type { Publish } from '../../../runtime/escalation/channels';
import { sendDigests } from '../../../runtime/escalation/digests';
import { notifierOf, type Messaging } from '../../../runtime/escalation/notifier';
import type { OpsItemDraft } from '../../../runtime/escalation/ops-items';
import { MemoryDigests } from '../../../runtime/store/memory-digests';
import type { Notifier } from '../../../runtime/surroundings';
import type { NotificationKind } from '../../../statemachines/effect';
import type { Incident } from '../../../statemachines/incident';
import type { Policy } from '../../../statemachines/policy';
import { anIncident } from '../../statemachines/incident';
import { actingPolicy, minute, policyOf } from '../world';

export type Published = Parameters<Publish>[0];

/** Contacts that read e-mail, chat and OpsItems. */
export const policyWithOpsItems: Policy = policyOf(`
mode: act
rules:
  - name: web-tier
    on: [ec2-instance-impaired]
    try: [reboot-instance]
    verify: { within: 10m, healthyFor: 3m }
    limits: { atOnce: 1, perHour: 4, backoff: 0s }
    escalate: [desk]
contacts:
  desk: { opsItems: true, severity: 2 }
`);

/** Everything that writes to people, with what they got in lists. */
export interface Messenger {
  readonly notifier: Notifier;
  readonly messaging: Messaging;
  readonly digests: MemoryDigests;
  readonly sent: Published[];
  readonly opened: OpsItemDraft[];
  readonly resolved: string[];
  /** `contact: reason` of each message that was not taken. */
  readonly failures: string[];
  readonly digestFailures: string[];
  now: number;
  /** Thrown by topics and OpsItems, as long as it is there. */
  silence: Error | undefined;
  /** Escalates an incident of its own; `ofMany` where a storm is the cause. */
  tell(name: string, of?: { readonly kind?: NotificationKind; readonly ofMany?: boolean }): Promise<'sent' | 'folded'>;
  /** A minute passes, and what was folded is sent if it is due. */
  sweeps(): Promise<void>;
}

/** One contact of the acting policy is called `oncall`, and is told everything. */
export function messenger(others: Partial<Messaging> = {}): Messenger {
  const sent: Published[] = [];
  const opened: OpsItemDraft[] = [];
  const resolved: string[] = [];
  const failures: string[] = [];
  const digestFailures: string[] = [];
  const taken = <T>(list: T[], one: T): void => {
    if (it.silence) throw it.silence;
    list.push(one);
  };
  const note = (list: string[]) => (contact: string, error: unknown) => {
    list.push(`${contact}: ${(error as Error).message}`);
  };
  const digests = new MemoryDigests();
  const messaging: Messaging = {
    policy: actingPolicy,
    channels: {
      publish: async (message) => {
        taken(sent, message);
      },
      opsItems: {
        open: async (draft) => {
          taken(opened, draft);
        },
        resolve: async (name) => {
          taken(resolved, name);
        },
      },
    },
    digests,
    links: noAnswerLinks,
    known: new Map(),
    clock: { now: () => it.now },
    onFailure: note(failures),
    onDigestFailure: note(digestFailures),
    ...others,
  };
  const notifier = notifierOf(messaging);
  const it: Messenger = {
    notifier,
    messaging,
    digests,
    sent,
    opened,
    resolved,
    failures,
    digestFailures,
    now: Date.parse('2026-03-02T10:00:00Z'),
    silence: undefined,
    tell: (name, { kind = 'escalated', ofMany = false } = {}) =>
      notifier.notify({ kind, contact: 'oncall', ofMany }, anIncidentNamed(name, it.now), []),
    sweeps: async () => {
      it.now += minute;
      await sendDigests(messaging);
    },
  };
  return it;
}

/** An incident of an instance that no other is about. */
export function anIncidentNamed(name: string, openedAt = 0): Incident {
  const incident = anIncident();
  return { ...incident, id: `inc-${name}`, resource: { ...incident.resource, id: `i-${name}` }, openedAt };
}
