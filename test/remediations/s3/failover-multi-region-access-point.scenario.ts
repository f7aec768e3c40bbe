import type { Resource } from '../../../signals/signal';
import type { Bench } from '../account';
import type { Scenario } from '../scenario';

export const alias = 'mfzwi23gnjvgw.mrap';

/** Two buckets that are replicated into each other: the requests go to the one in Ireland. */
export function addAccessPoint({ account }: Bench, replicatedInto: readonly string[] = ['shop-ireland']): void {
  const { s3 } = account.services;
  s3.add({ name: 'shop-ireland', replicatedInto: ['shop-virginia'] });
  s3.add({ name: 'shop-virginia', replicatedInto: [...replicatedInto] });
  s3.accessPoints.add({
    alias,
    routes: [
      { bucket: 'shop-ireland', region: 'eu-west-1', active: true },
      { bucket: 'shop-virginia', region: 'us-east-1', active: false },
    ],
  });
  s3.accessPoints.fail('eu-west-1', true);
}

/** What it is held to its contract with. */
export const scenarios: readonly Scenario[] = [
  {
    condition: 'region-impaired',
    parameters: { accessPoint: alias, to: ['us-east-1'] },
    takes: 130,
    build(on: Bench): Resource {
      addAccessPoint(on);
      return on.resource('multi-region-access-point', alias);
    },
  },
];
