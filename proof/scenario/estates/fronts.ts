import { region, tagsOf } from '../account';
import { ailing, type Estate } from '../estate';

const letters = ['a', 'b', 'c'] as const;
const front = { arn: 'app/front/6a3b0c5d2e1f4a5b', group: 'targetgroup/front/6a3b0c5d2e1f4a5c' };
const pages = { balancer: 'app/pages/6a3b0c5d2e1f4a5d', group: 'targetgroup/pages/6a3b0c5d2e1f4a5e' };
const ofFront = letters.flatMap((letter) => [1, 2].map((place) => ({ id: idOf('1', letter, place), letter })));
const ofShop = inEachZone('2');
const ofPages = inEachZone('3');
const ofJobs = inEachZone('4');

function idOf(kind: string, letter: string, place: number): string {
  return `i-0f00000000000${kind}0${letter}${place}`;
}

function inEachZone(kind: string): readonly [string, string, string] {
  return [idOf(kind, 'a', 1), idOf(kind, 'b', 1), idOf(kind, 'c', 1)];
}

/**
 * A load balancer over three zones, a classic one, a group whose members are targets and hold data of their own, and a group in
 * the middle of an instance refresh.
 */
export const fronts: Estate = {
  draw: (random) => {
    const group = (name: string, more: object) => ({ name, desired: 3, min: 2, max: 6, tags: tagsOf(random), ...more });
    const instance = (id: string, index: number, more: object = {}) => ({
      id,
      zone: `${region}${letters[index % 3] ?? 'a'}`,
      tags: tagsOf(random),
      ...more,
    });
    return {
      description: {
        instances: [
          ...ofFront.map(({ id, letter }) => instance(id, letters.indexOf(letter))),
          ...ofShop.map((id, index) => instance(id, index)),
          // Their instance store keeps them from being replaced.
          ...ofPages.map((id, index) => instance(id, index, { group: 'pages', type: 'c6gd.large' })),
          ...ofJobs.map((id, index) => instance(id, index, { group: 'jobs' })),
        ],
        loadBalancers: [
          {
            arn: front.arn,
            zonalShift: random.chance(0.9),
            zones: letters.map((letter) => region + letter),
            tags: tagsOf(random),
          },
        ],
        targetGroups: [
          {
            name: 'front',
            arn: `arn:aws:elasticloadbalancing:${region}:111122223333:${front.group}`,
            loadBalancer: front.arn,
            targets: ofFront.map(({ id }) => ({ id })),
          },
          {
            name: 'pages',
            arn: `arn:aws:elasticloadbalancing:${region}:111122223333:${pages.group}`,
            loadBalancer: pages.balancer,
            deregistrationDelay: 60,
            healthCheck: { every: 10 },
            tags: tagsOf(random),
          },
        ],
        classicLoadBalancers: [
          {
            name: 'shop',
            draining: random.pick([0, 60]),
            healthCheck: { every: 10, healthyAfter: 4 },
            instances: ofShop.map((id) => ({ id })),
            tags: tagsOf(random),
          },
        ],
        groups: [
          group('pages', { targetGroups: ['pages'], type: 'c6gd.large' }),
          group('jobs', {
            refresh: { status: 'InProgress', minutesAgo: 5, version: random.pick(['7', '7', '7', '$Latest']) },
          }),
        ],
        alarms,
      },
      ailments: [loseZone, loseZone, strand, strand, hang, hang, breakLaunches, breakLaunches, suspend, suspend],
    };
  },
  rules: (rung) => `  - name: zone-impaired
    on: [zone-impaired]
    wait: 1m
    try: [{ ${rung('shift-zone-away', { expiresInMinutes: 720, keepHealthyPercent: 50 })} }]
  - name: backend-out-of-service
    on: [backend-out-of-service]
    wait: 1m
    try: [{ ${rung('reset-classic-backend')} }]
  - name: group-launch-failing
    on: [group-launch-failing]
    wait: 1m
    try: [{ ${rung('rollback-group-refresh', { ifIrreversible: 'cancel' })} }]
  - name: group-process-suspended
    on: [group-process-suspended]
    wait: 1m
    try: [{ ${rung('resume-group-processes')} }]
`,
};

const alarms = [
  ...letters.map((letter) => ({
    name: `front-errors-1${letter}`,
    metric: {
      namespace: 'AWS/ApplicationELB',
      name: 'HTTPCode_Target_5XX_Count',
      dimensions: { LoadBalancer: front.arn, AvailabilityZone: region + letter },
    },
    statistic: 'Sum',
    above: 50,
    every: 60,
    periods: 2,
    missing: 'notBreaching',
  })),
  {
    name: 'shop-out-of-service',
    metric: { namespace: 'AWS/ELB', name: 'UnHealthyHostCount', dimensions: { LoadBalancerName: 'shop' } },
    above: 0,
    every: 60,
    periods: 2,
  },
  {
    name: 'pages-unhealthy',
    metric: {
      namespace: 'AWS/ApplicationELB',
      name: 'UnHealthyHostCount',
      dimensions: { LoadBalancer: pages.balancer, TargetGroup: pages.group },
    },
    above: 0,
    every: 60,
    periods: 2,
  },
];

const loseZone = ailing('what runs in one zone of front answers with errors', (services, random) => {
  const letter = random.pick(letters);
  for (const one of ofFront.filter((other) => other.letter === letter)) {
    services.ec2.sicken(one.id, { kind: 'application', passesHealthChecks: true, curedBy: [] });
  }
});

const strand = ailing('shop loses sight of an instance', (services, random) => {
  services.elasticloadbalancing.classic.strand('shop', random.pick(ofShop));
});

const hang = ailing('a member of pages hangs', (services, random) => {
  services.ec2.sicken(random.pick(ofPages), { kind: 'application', curedBy: [] });
});

const breakLaunches = ailing(
  'a member of jobs ends, and what the refresh launches does not start',
  (services, random) => {
    services.autoscaling.setLaunches('jobs', 'fail');
    services.ec2.terminate(random.pick(ofJobs));
  },
);

const suspend = ailing('somebody suspends what heals pages', (services, random) => {
  services.autoscaling.suspend('pages', random.pick([['Launch'], ['ReplaceUnhealthy', 'AZRebalance']]));
});
