import { resourceKey, type Place, type Resource } from '../signals/signal';

/**
 * Text that names what starts are counted in and what falls sick together: a rule, an account, a group of resources, an
 * Availability Zone, a region. A group's is its resource's key.
 */
export type Scope = string;

export const ruleScope = (rule: string): Scope => `rule/${rule}`;
export const accountScope = (account: string): Scope => `account/${account}`;
/** Zone names mean something else in each account. */
export const zoneScope = ({ account }: Pick<Resource, 'account'>, zone: string): Scope => `zone/${account}/${zone}`;
export const regionScope = ({ account, region }: Pick<Resource, 'account' | 'region'>): Scope =>
  `region/${account}/${region}`;
export const groupScope = resourceKey;

/** What a sickness here may be a part of, from the smallest up. */
export function scopesOf(resource: Resource, { zone, groups }: Place): readonly Scope[] {
  return [
    ...new Set([
      ...groups.map(groupScope),
      ...(zone === undefined ? [] : [zoneScope(resource, zone)]),
      regionScope(resource),
    ]),
  ];
}

/** What kind of scope a text names. */
export function kindOfScope(scope: Scope): 'rule' | 'account' | 'zone' | 'region' | 'group' {
  const [kind] = scope.split('/');
  return kind === 'rule' || kind === 'account' || kind === 'zone' || kind === 'region' ? kind : 'group';
}

/** For people: `rule web-tier`, `zone eu-central-1a`, `group web`. */
export function scopeText(scope: Scope): string {
  const kind = kindOfScope(scope);
  const parts = scope.split('/');
  if (kind !== 'group') return `${kind} ${parts.at(-1) ?? ''}`;
  // The id of a target group is an ARN, whose second part is the name; of a load balancer it is the third.
  const name = { 'target-group': parts[4], 'load-balancer': parts[5] }[parts[2] ?? ''];
  return `group ${name ?? parts.slice(3).join('/')}`;
}
