import type { Remediation, Target } from '../../../remediations/remediation';
import type { Resource } from '../../../signals/signal';
import type { ProtectedInput } from '../../../simulator/backup/protected';
import { bench, type Bench } from '../account';

const place = 'eu-central-1:111122223333';

/** What is protected in these tests, by type. */
export const arns = {
  DynamoDB: `arn:aws:dynamodb:${place}:table/orders`,
  EBS: `arn:aws:ec2:${place}:volume/vol-0aaaaaaaaaaaaaaa1`,
  EFS: `arn:aws:elasticfilesystem:${place}:file-system/fs-0123456789abcdef0`,
  RDS: `arn:aws:rds:${place}:db:ledger`,
} as const;

/** Another message of AWS Backup's that is over by itself. */
export const busy = 'Backup job failed because there was a running job for the same resource.';

export interface On extends Bench {
  readonly target: Target;
  plan(parameters?: object): ReturnType<Remediation['plan']>;
  /** The reason for which nothing is planned. */
  reason(parameters?: object): Promise<string>;
  /** Plans and starts; `check` is asked without the handle. */
  started(parameters?: object): Promise<{
    readonly plan: unknown;
    start(): ReturnType<Remediation['start']>;
    check(handle?: string): ReturnType<Remediation['check']>;
  }>;
}

/** A remediation on a table that AWS Backup protects, unless another resource is named; its last backup has failed. */
export function onProtected(
  remediation: Remediation,
  described: Partial<ProtectedInput> = {},
  sick?: (bench: Bench) => Resource,
): On {
  const on = bench();
  on.account.services.backup.add({ arn: arns.DynamoDB, vault: 'Default', ...described });
  const resource = sick?.(on) ?? on.resource('protected-resource', described.arn ?? arns.DynamoDB);
  const target = {
    resource,
    condition: remediation.heals[0] ?? '',
    attemptKey: 'incident-1/attempt-1',
    since: on.clock.now(),
  };
  const plan = (parameters: object = {}) => remediation.plan(target, parameters, on.aws);
  return {
    ...on,
    target,
    plan,
    reason: async (parameters) => {
      const planning = await plan(parameters);
      return planning.kind === 'planned' ? 'planned' : `${planning.kind}: ${planning.reason}`;
    },
    started: async (parameters) => {
      const planning = await plan(parameters);
      if (planning.kind !== 'planned') throw new Error(`not planned: ${planning.reason}`);
      return {
        plan: planning.plan,
        start: () => remediation.start(planning.plan, on.aws),
        check: (handle) => remediation.check(planning.plan, handle, on.aws),
      };
    },
  };
}
