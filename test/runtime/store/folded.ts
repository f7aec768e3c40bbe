import type { Folded } from '../../../runtime/store/digest-store';

export const foldedAt = Date.parse('2026-03-02T10:00:00Z');

/** A notice that nobody else has; one for each name. */
export const aFolded = (notice: string, overrides: Partial<Folded> = {}): Folded => ({
  contact: 'oncall',
  notice,
  kind: 'escalated',
  incident: `inc-${notice}`,
  at: foldedAt,
  openedAt: foldedAt - 60_000,
  rule: 'web-tier',
  condition: 'ec2-instance-impaired',
  resource: '111122223333/eu-central-1/ec2-instance/i-0abc',
  scopes: ['zone/111122223333/eu-central-1a'],
  ...overrides,
});
