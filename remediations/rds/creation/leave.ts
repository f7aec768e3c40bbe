import { leaveToGrant } from '../../key-grant';
import type { WritePermission } from '../../remediation';

/** Kinds of resource, as they stand in ARNs of RDS: option group, parameter groups, subnet group. */
type Group = 'og' | 'pg' | 'cluster-pg' | 'subgrp';

/**
 * Leave to make an instance or a cluster under a name of ours, which carries no tags before it exists. RDS asks about the
 * groups, too, that it will use; they are changed by nothing here.
 */
export function leaveToMake<A extends string>(
  action: A,
  makes: 'db' | 'cluster',
  uses: readonly Group[],
): readonly WritePermission<A>[] {
  return [`${makes}:*-homeostat-*`, ...uses.map((group) => `${group}:*`)].map((resource) => ({
    action,
    on: `arn:*:rds:*:*:${resource}`,
    tagged: false,
  }));
}

/** Leave to give it its first tags. */
export function leaveToTag(...kinds: readonly ('db' | 'cluster')[]): readonly WritePermission[] {
  return kinds.map((kind) => ({
    action: 'rds:AddTagsToResource',
    on: `arn:*:rds:*:*:${kind}:*-homeostat-*`,
    tagged: false,
  }));
}

interface LeaveToAdd<A extends string> {
  readonly write: readonly WritePermission<A | 'rds:DeleteDBInstance'>[];
  readonly implied: readonly WritePermission[];
}

/** All leave to add an instance beside a database of this kind, and to take it away again. */
export function leaveToAdd<A extends string>(action: A, beside: 'db' | 'cluster'): LeaveToAdd<A> {
  const write: LeaveToAdd<A>['write'] = [
    { action, on: `arn:*:rds:*:*:${beside}:*`, tagged: true },
    ...leaveToMake(action, 'db', ['og', 'pg', 'subgrp']),
    { action: 'rds:DeleteDBInstance', on: 'arn:*:rds:*:*:db:*-homeostat-*', tagged: true },
  ];
  return { write, implied: [...leaveToTag('db'), ...leaveToEncrypt] };
}

/** What KMS asks of whoever makes a copy of a database that is encrypted under a key of the customer. */
export const leaveToEncrypt: readonly WritePermission[] = [
  leaveToGrant('rds'),
  {
    action: 'kms:DescribeKey',
    on: 'arn:*:kms:*:*:key/*',
    tagged: true,
    condition: { StringLike: { 'kms:ViaService': 'rds.*.amazonaws.com' } },
  },
];
