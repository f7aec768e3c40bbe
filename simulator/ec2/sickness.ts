/** What ails an instance: its guest, its host, what runs on it or runs no more, or a host that AWS will switch off. */
export type SicknessKind = 'instance' | 'system' | 'application' | 'process' | 'retiring';

export type Cure = 'reboot' | 'stop-start' | 'runbook' | 'command';

/** A sickness as one describes it. */
export interface SicknessDescription {
  readonly kind: SicknessKind;
  /** What helps; anything else runs and changes nothing. Unless told, what helps at AWS. */
  readonly curedBy?: readonly Cure[] | undefined;
  /** A gray failure: health checks of load balancers pass, though requests fail. */
  readonly passesHealthChecks?: boolean | undefined;
}

/** A sickness that an instance has. */
export interface Sickness {
  readonly kind: SicknessKind;
  readonly curedBy: readonly Cure[];
  readonly passesHealthChecks: boolean;
}

const helps: Record<SicknessKind, readonly Cure[]> = {
  instance: ['reboot', 'stop-start'],
  system: ['stop-start'],
  application: ['reboot', 'stop-start'],
  // What runs comes up with the guest, too.
  process: ['command', 'reboot', 'stop-start'],
  retiring: ['stop-start'],
};

/** Fills in what cures such a sickness on EC2, unless it is told. */
export function sicknessOf({ kind, curedBy, passesHealthChecks }: SicknessDescription): Sickness {
  return { kind, curedBy: curedBy ?? helps[kind], passesHealthChecks: passesHealthChecks ?? false };
}
