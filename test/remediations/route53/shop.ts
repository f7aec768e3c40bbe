import type { Bench } from '../account';

/** Health checks: of the name that clients ask for, and of what would take over. */
export const nameCheck = '0f8b1c62-0000-4000-8000-000000000001';
export const standbyCheck = '0f8b1c62-0000-4000-8000-000000000002';
export const primaryAddress = '203.0.113.10';
export const standbyAddress = '203.0.113.20';

const panel = 'arn:aws:route53-recovery-control::111122223333:controlpanel/0123456789abcdef';
export const primaryControl = `${panel}/routingcontrol/00000000000000aa`;
export const standbyControl = `${panel}/routingcontrol/00000000000000bb`;
export const endpoints = [
  { url: 'https://aaaa.route53-recovery-cluster.us-east-1.amazonaws.com/v1', region: 'us-east-1' },
  { url: 'https://bbbb.route53-recovery-cluster.us-west-2.amazonaws.com/v1', region: 'us-west-2' },
  { url: 'https://cccc.route53-recovery-cluster.eu-west-1.amazonaws.com/v1', region: 'eu-west-1' },
];
const [primaryFollows, standbyFollows] = [
  '0f8b1c62-0000-4000-8000-0000000000aa',
  '0f8b1c62-0000-4000-8000-0000000000bb',
];

/** The name leads to the primary, whose endpoint has died: two cells, each behind a routing control. */
export function shopBehindControls({ account }: Bench): void {
  const { route53, 'route53-recovery-cluster': cluster } = account.services;
  cluster.add({
    controls: [
      { arn: primaryControl, state: 'On' },
      { arn: standbyControl, state: 'Off' },
    ],
    rules: [{ of: [primaryControl, standbyControl], atLeast: 1 }],
  });
  route53.addCheck({ id: primaryFollows, control: primaryControl });
  route53.addCheck({ id: standbyFollows, control: standbyControl });
  route53.addZone({
    id: 'Z0123456789ABCDEFGHIJ',
    name: 'shop.example',
    records: [
      {
        name: 'www.shop.example',
        failover: 'PRIMARY',
        set: 'primary',
        healthCheck: primaryFollows,
        values: [primaryAddress],
      },
      {
        name: 'www.shop.example',
        failover: 'SECONDARY',
        set: 'standby',
        healthCheck: standbyFollows,
        values: [standbyAddress],
      },
    ],
  });
  dead({ account });
}

/** The name leads to the primary by its weight, and its endpoint has died. */
export function shopByWeight({ account }: Pick<Bench, 'account'>, standbyChecked = true): void {
  const { route53 } = account.services;
  const check = standbyChecked ? { healthCheck: standbyCheck } : {};
  route53.addZone({
    id: 'Z0123456789ABCDEFGHIJ',
    name: 'shop.example',
    records: [
      { name: 'www.shop.example', set: 'primary', weight: 100, values: [primaryAddress] },
      { name: 'www.shop.example', set: 'standby', weight: 0, values: [standbyAddress], ...check },
      { name: 'plain.shop.example', values: [primaryAddress] },
    ],
  });
  dead({ account });
}

function dead({ account }: Pick<Bench, 'account'>): void {
  const { route53 } = account.services;
  route53.befall({ address: primaryAddress, is: 'dead' });
  route53.addCheck({ id: nameCheck, name: 'www.shop.example' });
  route53.addCheck({ id: standbyCheck, address: standbyAddress });
}
