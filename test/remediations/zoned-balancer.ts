import type { Bench } from './account';

const arn = 'arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/app/shop/50dc6c495c0c9188';

export interface ZonedBalancer {
  readonly arn: string;
  /** Ids of the instances in each of the three zones, by the zone's letter. */
  readonly instances: Readonly<Record<'a' | 'b' | 'c', readonly string[]>>;
}

/** A load balancer with two targets in each of three zones; those in the first answer with errors, unless told otherwise. */
export function zonedBalancer(
  { account: { services } }: Bench,
  {
    zonalShift = true,
    erring = ['a'],
    ...described
  }: { zonalShift?: boolean; erring?: readonly ('a' | 'b' | 'c')[]; arn?: string } = {},
): ZonedBalancer {
  const { ec2, elasticloadbalancing } = services;
  const inZone = (letter: string): readonly string[] =>
    [1, 2].map(() => ec2.addInstance({ zone: `eu-central-1${letter}` }).id);
  const instances = { a: inZone('a'), b: inZone('b'), c: inZone('c') };
  const { arn: made } = elasticloadbalancing.balancers.add({ arn, zonalShift, ...described });
  const targets = Object.values(instances).flatMap((ids) => ids.map((id) => ({ id })));
  elasticloadbalancing.addTargetGroup({ name: 'shop', loadBalancer: made, targets });
  for (const letter of erring) {
    for (const id of instances[letter]) ec2.sicken(id, { kind: 'application', passesHealthChecks: true });
  }
  return { arn: made, instances };
}
