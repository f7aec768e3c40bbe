import { defaultPolicyFile, policyFrom } from '../../cli/policy-option';
import { replay, type ReplaySetting } from '../../replay/replay';
import type { ReplayReport } from '../../replay/report';
import { remediations } from '../../remediations';
import { inMode, type Policy } from '../../statemachines/policy';
import { vitals } from '../../vitals';
import { sampleEvent } from '../signals/event-files';

/** The default policy as if its author had written `mode: act`. */
export const defaultPolicy: Policy = inMode('act', policyFrom(defaultPolicyFile));

/** The default policy with nobody being asked. */
export const boldPolicy: Policy = {
  ...defaultPolicy,
  rules: defaultPolicy.rules.map((one) => ({
    ...one,
    rule: { ...one.rule, ladder: one.rule.ladder.map((rung) => ({ ...rung, approval: 'notRequired' as const })) },
  })),
};

/** Replays these events, one after the other, with all remediations and vitals there are. */
export async function replaying(
  events: readonly unknown[],
  setting: Partial<ReplaySetting> = {},
): Promise<ReplayReport> {
  async function* recorded() {
    for (const [index, event] of events.entries())
      yield { kind: 'event' as const, event, position: `events[${index}]` };
  }
  return replay(recorded(), {
    policy: defaultPolicy,
    remediations: new Map(remediations.map((one) => [one.name, one])),
    vitals: new Map(vitals.map((one) => [one.kind, one])),
    ...setting,
  });
}

/** A sample event as if it had been sent so many minutes after the first one of its recording. */
export function sent(minutes: number, name: string, changes: Readonly<Record<string, unknown>> = {}): typeof event {
  const time = new Date(Date.parse('2026-03-01T10:00:00Z') + minutes * 60_000).toISOString();
  const event = sampleEvent(name, { time, ...changes });
  const state = event.detail['state'] as { timestamp?: string } | undefined;
  if (!state?.timestamp) return event;
  return { ...event, detail: { ...event.detail, state: { ...state, timestamp: time.replace('Z', '+0000') } } };
}

/** What was written to AWS, in order. */
export function writesOf({ incidents }: ReplayReport): readonly string[] {
  const calls = incidents.flatMap((incident) => incident.calls);
  return calls.filter(({ access }) => access === 'write').map(({ service, operation }) => `${service}:${operation}`);
}

/** How each incident ended. */
export function outcomesOf({ incidents }: ReplayReport): readonly string[] {
  return incidents.map(({ outcome }) => outcome);
}
