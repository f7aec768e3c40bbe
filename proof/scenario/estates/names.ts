import type { SimulatedAccount } from '../../../simulator/world';
import type { Randomness } from '../../randomness';
import { accountId, tagsOf } from '../account';
import type { Ailing, Estate } from '../estate';

const minute = 60_000;
const id = (digit: string): string => `0f8b1c62-0000-4000-8000-00000000000${digit}`;
const checks = { www: id('1'), api: id('2'), standby: id('3'), frankfurt: id('4'), ireland: id('5') };
const panel = `arn:aws:route53-recovery-control::${accountId}:controlpanel/0123456789abcdef/routingcontrol`;
const frankfurt = `${panel}/00000000000000aa`;
const ireland = `${panel}/00000000000000bb`;
const urls = ['aaaa', 'bbbb', 'cccc'].map((name) => `https://${name}.route53-recovery-cluster.example/v1`);
const primary = '203.0.113.10';
const standby = '203.0.113.20';
const zone = 'Z0123456789ABCDEFGHIJ';

/** Two names that lead to one cell, and may lead to another: one by routing controls, the other by weight. */
export const names: Estate = {
  draw: (random) => ({
    description: {
      recoveryClusters: [
        {
          controls: [
            { arn: frankfurt, state: 'On' },
            { arn: ireland, state: 'Off' },
          ],
          rules: [{ of: random.chance(0.1) ? [frankfurt] : [frankfurt, ireland], atLeast: 1 }],
          down: urls.slice(0, random.pick([0, 0, 1, 2, 3])),
        },
      ],
      healthChecks: [
        { id: checks.frankfurt, control: frankfurt },
        { id: checks.ireland, control: ireland },
        { id: checks.standby, address: standby },
        { id: checks.www, name: 'www.shop.example' },
        { id: checks.api, name: 'api.shop.example' },
      ],
      hostedZones: [
        {
          id: zone,
          name: 'shop.example',
          tags: tagsOf(random),
          records: [
            { ...cell('www', 'frankfurt', primary), failover: 'PRIMARY', healthCheck: checks.frankfurt },
            { ...cell('www', 'ireland', standby), failover: 'SECONDARY', healthCheck: checks.ireland },
            { ...cell('api', 'frankfurt', primary), weight: 100 },
            { ...cell('api', 'ireland', standby), weight: 0, healthCheck: checks.standby },
          ],
        },
      ],
      alarms: [alarm('www', checks.www), alarm('api', checks.api)],
    },
    ailments: [die(), die(), die(), die(standby)],
  }),
  rules: (rung) => `  - name: www
    on: [endpoint-unhealthy]
    where: { resource: { id: ${checks.www} } }
    wait: 1m
    try: [{ ${rung('flip-routing-control', {
      endpoints: urls.map((url) => ({ url, region: 'us-east-1' })),
      off: [frankfurt],
      on: [ireland],
      standby: checks.standby,
    })} }]
  - name: api
    on: [endpoint-unhealthy]
    try: [{ ${rung('failover-dns-record', { hostedZone: zone, record: 'api.shop.example', to: 'ireland' })} }]
`,
};

function cell(name: string, set: string, address: string): object {
  return { name: `${name}.shop.example`, set, values: [address] };
}

function alarm(name: string, check: string): object {
  return {
    name: `${name}-answers`,
    metric: { namespace: 'AWS/Route53', name: 'HealthCheckStatus', dimensions: { HealthCheckId: check } },
    statistic: 'Minimum',
    below: 1,
    every: 60,
    periods: 3,
  };
}

/** A cell dies, and with it now and then the control plane or the other cell. */
const die = (also?: string): Ailing => {
  return (after, random) => ({
    after,
    what: `the cell at ${primary} dies${also === undefined ? '' : `, and ${also} as well`}`,
    befall: (account) => {
      const { route53 } = account.services;
      route53.befall({ address: primary, is: 'dead' });
      if (also !== undefined) route53.befall({ address: also, is: 'dead' });
      if (random.chance(0.2)) route53.befall({ controlPlane: 'down' });
      if (random.chance(0.2)) {
        later(account, random, () => {
          route53.befall({ address: primary, is: 'back' });
        });
      }
    },
  });
};

function later({ clock }: SimulatedAccount, random: Randomness, recover: () => void): void {
  clock.after(random.between(2, 12) * minute, recover);
}
