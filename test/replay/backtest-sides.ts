import { compare, type Comparison } from '../../replay/backtest/comparison';
import type { Side } from '../../replay/backtest/side';
import type { SideIncident } from '../../replay/backtest/side-incident';

export const begins = Date.parse('2026-03-01T10:00:00Z');
export const minute = 60_000;

/** An incident that a reboot healed in seven minutes. */
export function anIncident(changes: Partial<SideIncident> = {}): SideIncident {
  const { openedAt = begins } = changes;
  return {
    id: 'inc-1',
    world: 0,
    rule: 'instances',
    condition: 'ec2-instance-impaired',
    resource: '111122223333/eu-central-1/ec2-instance/i-0abc1234567890def',
    mode: 'act',
    outcome: 'resolved',
    openedAt,
    closedAt: openedAt + 7 * minute,
    attempts: [{ remediation: 'reboot-instance', outcome: 'healed' }],
    writes: [
      {
        at: openedAt + 2 * minute,
        action: 'ec2:RebootInstances',
        remediation: 'reboot-instance',
        resources: ['111122223333/eu-central-1/ec2-instance/i-0abc1234567890def'],
      },
    ],
    saidNo: [],
    told: [],
    spans: [
      { phase: 'waiting', from: openedAt, to: openedAt + 2 * minute },
      { phase: 'touching', from: openedAt + 2 * minute, to: openedAt + 4 * minute },
      { phase: 'verifying', from: openedAt + 4 * minute, to: openedAt + 7 * minute },
    ],
    lines: [
      { at: openedAt, text: 'opened: i-0abc1234567890def is ec2-instance-impaired; rule instances, mode act' },
      { at: openedAt + 2 * minute, text: 'started reboot-instance (ec2:RebootInstances)' },
      { at: openedAt + 7 * minute, text: 'resolved after 7m' },
    ],
    ...changes,
  };
}

/** The same, left to people: nothing was started. */
export function leftToPeople(changes: Partial<SideIncident> = {}): SideIncident {
  const { openedAt = begins } = changes;
  return anIncident({
    outcome: 'escalated',
    closedAt: null,
    attempts: [],
    writes: [],
    saidNo: [{ by: { guard: 'per-hour' }, reason: '2 of at most 2 starts per hour were made', at: openedAt, times: 3 }],
    told: [{ at: openedAt + 5 * minute, contact: 'oncall', kind: 'escalated', folded: false }],
    spans: [
      { phase: 'held', from: openedAt, to: openedAt + 5 * minute },
      { phase: 'people', from: openedAt + 5 * minute, to: null },
    ],
    lines: [
      { at: openedAt, text: 'opened: i-0abc1234567890def is ec2-instance-impaired; rule instances, mode act' },
      { at: openedAt + 5 * minute, text: 'called oncall' },
    ],
    ...changes,
  });
}

/** A side on which these incidents were opened. */
export function aSide(incidents: readonly SideIncident[], changes: Partial<Side> = {}): Side {
  return {
    events: incidents.length,
    invalid: [],
    decisions: {
      opened: incidents.length,
      joined: 0,
      recovered: 0,
      progress: 0,
      ignored: 0,
      refused: 0,
      invalid: 0,
    },
    ignored: { noRule: 0, nothingWaits: 0, duplicate: 0, other: 0 },
    skipped: new Map(),
    heard: new Map(),
    incidents,
    period: { from: begins, to: begins + 30 * 24 * 60 * minute },
    assumed: [],
    ...changes,
  };
}

/** Two sides beside each other, under policies of these names. */
export function compared(old: Side, fresh: Side): Comparison {
  const files = { old: 'policies/default.yaml', new: 'docs/examples/stricter.yaml' };
  return compare({ old, new: fresh, files, mode: 'act', peopleApprove: false });
}
