import type { SimulatedAccount } from '../../../simulator/world';
import type { Randomness } from '../../randomness';
import { tagsOf } from '../account';
import type { Ailing, Estate } from '../estate';

const minute = 60_000;
const alias = 'shop0objects0.mrap';

/** Buckets that somebody opens, one that is meant for everybody, and two behind an access point, of which one Region fails. */
export const buckets: Estate = {
  draw: (random) => ({
    description: {
      buckets: [
        { name: 'shop-images', block: random.chance(0.5) ? { BlockPublicAcls: true } : {}, tags: tagsOf(random) },
        { name: 'shop-logs', website: random.chance(0.1), tags: tagsOf(random) },
        { name: 'shop-site', policy: 'public', website: true, tags: tagsOf(random, { 'homeostat:public': 'yes' }) },
        { name: 'shop-frankfurt', replicatedInto: ['shop-ireland'] },
        { name: 'shop-ireland', replicatedInto: random.chance(0.9) ? ['shop-frankfurt'] : [] },
      ],
      accessPoints: [
        {
          alias,
          routes: [
            { bucket: 'shop-frankfurt', region: 'eu-central-1', active: true },
            { bucket: 'shop-ireland', region: 'eu-west-1', active: false },
          ],
        },
      ],
      alarms: [
        {
          name: 'shop-objects-fail',
          metric: {
            namespace: 'AWS/S3',
            name: '5xxErrors',
            dimensions: { BucketName: 'shop-frankfurt', FilterId: 'EntireBucket' },
          },
          statistic: 'Sum',
          above: 10,
          every: 60,
          periods: 3,
          missing: 'notBreaching',
        },
      ],
    },
    ailments: [open('shop-images'), open('shop-logs'), open('shop-site'), failRegion, failRegion],
  }),
  conditions: [
    {
      condition: 'region-impaired',
      events: {
        source: ['aws.cloudwatch'],
        'detail-type': ['CloudWatch Alarm State Change'],
        detail: { alarmName: ['shop-objects-fail'] },
      },
      resource: { kind: 'multi-region-access-point', id: alias },
    },
  ],
  rules: (rung) => `  - name: bucket-public
    on: [bucket-public]
    try: [{ ${rung('block-public-bucket')} }]
  - name: region-impaired
    on: [region-impaired]
    wait: 1m
    try: [{ ${rung('failover-multi-region-access-point', { accessPoint: alias, to: ['eu-west-1'] })} }]
`,
};

/** Somebody opens it; now and then he notices, and shuts it. */
const open = (name: string): Ailing => {
  return (after, random) => ({
    after,
    what: `somebody opens bucket ${name}`,
    befall: (account) => {
      const { s3 } = account.services;
      s3.befall(random.chance(0.5) ? { name, policy: 'public' } : { name, list: 'public', unblocked: true });
      if (random.chance(0.2)) {
        later(account, random, () => {
          s3.befall({ name, policy: 'none', list: 'private' });
        });
      }
    },
  });
};

/** S3 fails in a Region; it comes back late, and now and then soon. */
const failRegion: Ailing = (after, random) => ({
  after,
  what: 'S3 fails in eu-central-1',
  befall: (account) => {
    const { accessPoints } = account.services.s3;
    accessPoints.fail('eu-central-1', true);
    if (random.chance(0.2)) {
      later(account, random, () => {
        accessPoints.fail('eu-central-1', false);
      });
    }
  },
});

function later({ clock }: SimulatedAccount, random: Randomness, recover: () => void): void {
  clock.after(random.between(2, 12) * minute, recover);
}
