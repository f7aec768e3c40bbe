import type { EpochMillis, Resource } from '../../signals/signal';
import type { Incident } from '../../statemachines/incident';
import type { Policy } from '../../statemachines/policy';
import { scopesOf } from '../../statemachines/scope';
import type { AnswerLinks } from '../answers/answer-links';
import type { Known } from '../answers/proposal';
import type { Clock } from '../clock';
import type { DigestStore, Folded, SinglesLimit } from '../store/digest-store';
import type { Notice, Notifier, ParkedIncident } from '../surroundings';
import { send, type Channels } from './channels';
import { others } from './contact-watch';
import { messageFor, noticeOf, type Message } from './message';
import { parkedMessage, parkedNotice } from './parked-message';
import { answerBy } from './reasons';
import { resourceKey } from '../../signals/signal';
import { standIns } from './stand-ins';

/** What people are written to with. */
export interface Messaging {
  readonly policy: Policy;
  readonly channels: Channels;
  readonly digests: DigestStore;
  readonly links: AnswerLinks;
  /** All remediations, for the risk of what is planned. */
  readonly known: Known;
  readonly clock: Clock;
  /** Is told of each message that was not taken, whoever else took it: people who are not told are alarmed of. */
  readonly onFailure: (contact: string, error: unknown) => void;
  /** Is told where a digest could not be read or written: the message then goes out by itself, or waits for the next sweep. */
  readonly onDigestFailure: (contact: string, error: unknown) => void;
}

/** More messages of their own than this nobody reads. */
export const singlesLimit: SinglesLimit = { atMost: 3, withinMillis: 10 * 60_000 };

/**
 * Writes to the contacts of the policy: one by one, as long as they are few, and else in one message for all that the sweeper
 * sends. A rule stays with its incident, but its contacts may be gone from the policy by the time they are called: then those
 * that today's policy would call first are told.
 */
export function notifierOf(messaging: Messaging): Notifier {
  const { policy, clock } = messaging;
  return {
    notify: async ({ kind, contact: name, ofMany }, incident, history) => {
      const at = clock.now();
      const called = name in policy.contacts ? [name] : standIns(incident.rule.name, policy);
      const around = waysAround(called, incident.resource, policy);
      const contacts = [...new Set([...around, ...called])];
      const tell = async (contact: string): Promise<'sent' | 'folded'> => {
        const folded = foldedOf({ kind, contact }, incident, at);
        return goesOut(folded, ofMany, messaging, async () => {
          const link = await linkFor({ kind, contact }, incident, at, messaging);
          return messageFor(kind, incident, history, { at, known: messaging.known, ...(link && { link }) });
        });
      };
      const told = await Promise.allSettled(contacts.map(tell));
      // A topic takes what it can't deliver: what it is told of itself counts only where there is nobody else.
      const counted = told.slice(0, around.length > 0 ? around.length : undefined);
      const ways = counted.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
      if (ways.includes('sent')) return 'sent';
      if (ways.length > 0) return 'folded';
      throw counted.find((one) => one.status === 'rejected')?.reason ?? new Error(`The policy has no contact ${name}.`);
    },
    notifyParked: async (contact, parked) => {
      const folded = foldedParked(contact, parked, clock.now());
      await goesOut(folded, false, messaging, async () => parkedMessage(parked));
    },
  };
}

/** Whom to tell besides where the sick resource is the very topic by which one of them is called: all that another way leads to. */
function waysAround(
  called: readonly string[],
  { kind, id, account, region }: Resource,
  policy: Policy,
): readonly string[] {
  const isOwn = (topic: string): boolean => kind === 'topic' && topic.endsWith(`:sns:${region}:${account}:${id}`);
  const own = called.flatMap((name) => {
    const contact = policy.contacts[name];
    return contact && 'topic' in contact && isOwn(contact.topic) ? [contact.topic] : [];
  });
  return own[0] === undefined ? [] : others(own[0], policy);
}

/** By itself, or folded; throws when neither the message was taken nor the digest. */
async function goesOut(
  folded: Folded,
  ofMany: boolean,
  { policy, channels, digests, onFailure, onDigestFailure }: Messaging,
  message: () => Promise<Message>,
): Promise<'sent' | 'folded'> {
  const { contact } = folded;
  try {
    // What resolves an OpsItem disturbs nobody, and must not be left to a digest.
    const resolves = folded.kind === 'recovered' && opensItems(contact, policy);
    const mayGo = resolves || (!ofMany && (await digests.mayGoAlone(folded, singlesLimit)));
    if (!mayGo) {
      await digests.fold(folded);
      return 'folded';
    }
  } catch (error) {
    onDigestFailure(contact, error);
  }
  try {
    await send(contact, await message(), policy, channels);
    return 'sent';
  } catch (error) {
    onFailure(contact, error);
    throw error;
  }
}

function opensItems(name: string, { contacts }: Policy): boolean {
  const contact = contacts[name];
  return contact !== undefined && 'opsItems' in contact;
}

/** What is kept for people to read has no link in it that anybody can answer by. */
async function linkFor(
  { kind, contact }: Pick<Notice, 'kind' | 'contact'>,
  incident: Incident,
  at: EpochMillis,
  { policy, links }: Messaging,
) {
  return opensItems(contact, policy) ? undefined : links.for(kind, contact, incident, at);
}

function foldedOf({ kind, contact }: Pick<Notice, 'kind' | 'contact'>, incident: Incident, at: EpochMillis): Folded {
  const { id, openedAt, rule, condition, resource, place } = incident;
  return {
    contact,
    notice: noticeOf(kind, incident),
    kind,
    incident: id,
    at,
    openedAt,
    rule: rule.name,
    condition,
    resource: resourceKey(resource),
    scopes: scopesOf(resource, place),
    ...(kind === 'approval' && { until: answerBy(incident, at) }),
  };
}

function foldedParked(contact: string, parked: ParkedIncident, at: EpochMillis): Folded {
  const { id, summary } = parked;
  return {
    contact,
    notice: parkedNotice(parked),
    kind: 'parked',
    incident: id,
    at,
    openedAt: summary?.openedAt ?? at,
    rule: summary?.rule ?? 'unknown',
    condition: summary?.condition ?? 'it cannot be read',
    ...(summary && { resource: resourceKey(summary.resource) }),
    scopes: summary ? scopesOf(summary.resource, { groups: [] }) : [],
  };
}
