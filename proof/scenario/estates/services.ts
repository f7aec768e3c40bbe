import { region, tagsOf } from '../account';
import { ailing, type Estate } from '../estate';

const cluster = 'shop';
const checkout = `${cluster}/checkout`;
const search = `${cluster}/search`;
const hosts = ['1', '2', '3'].map((digit, place) => ({
  id: digit.padStart(32, '0'),
  instance: `i-0c0de0000000000${digit}0`,
  zone: `${region}${'abc'[place]}`,
}));

/** A service of Fargate that people deploy, one on instances that are scaled, and these instances. */
export const services: Estate = {
  draw: (random) => ({
    description: {
      instances: hosts.map(({ instance: id, zone }) => ({ id, zone })),
      containerInstances: hosts.map(({ id, instance }) => ({ cluster, id, instance, tags: tagsOf(random) })),
      ecsServices: [
        {
          cluster,
          name: 'checkout',
          taskDefinition: 'checkout:7',
          desired: random.between(2, 4),
          circuitBreaker: random.pick(['off', 'stop', 'rollback']),
          controller: random.chance(0.9) ? 'ECS' : 'CODE_DEPLOY',
          deployed: { before: 'checkout:6', minutesAgo: 600 },
          tags: tagsOf(random),
        },
        {
          cluster,
          name: 'search',
          taskDefinition: 'search:3',
          desired: 4,
          launch: 'EC2',
          protectedTasks: random.between(0, 1),
          tags: tagsOf(random),
        },
      ],
      scalableTargets: random.chance(0.5)
        ? [{ resource: `service/${search}`, dimension: 'ecs:service:DesiredCount', min: 2, max: 4 }]
        : [],
      alarms: [checkout, search].flatMap((id) => [
        { ...of(id, 'ECS/ContainerInsights', 'UnHealthyContainerHealthStatus'), above: 0 },
        { ...of(id, 'AWS/ECS', 'CPUUtilization'), above: 80 },
      ]),
    },
    ailments: [hang, hang, wedge, deploy, fail, crowd, disconnect, disconnect],
  }),
  rules: (rung) => `  - name: service-tasks
    on: [service-tasks-failing, service-deployment-failed]
    try: [{ ${rung('rollback-service-deployment')} }, { ${rung('stop-unhealthy-task')} }, { ${rung('redeploy-service')} }]
  - name: service-load
    on: [service-overloaded]
    try: [{ ${rung('scale-out-service')} }]
  - name: hosts
    on: [container-instance-disconnected]
    try: [{ ${rung('drain-container-instance')} }]
`,
};

function of(id: string, namespace: string, metric: string): object {
  const [ClusterName, ServiceName] = id.split('/');
  const named = { namespace, name: metric, dimensions: { ClusterName, ServiceName } };
  return { name: `${ServiceName}-${metric}`, metric: named, every: 60, periods: 2 };
}

const hang = ailing('a task of a service hangs', ({ ecs }, random) => {
  ecs.sicken(random.pick([checkout, search]), { tasks: 1 });
});

const wedge = ailing('all tasks of a service hold on to what is no longer good', ({ ecs }, random) => {
  ecs.sicken(random.pick([checkout, search]), { endsWith: 'redeployment' });
});

const deploy = ailing('somebody deploys what does not work', ({ ecs }) => {
  ecs.befall({ service: checkout, deploy: 'checkout:8', works: false });
});

const fail = ailing('somebody deploys what dies', ({ ecs }) => {
  ecs.befall({ service: checkout, deploy: 'checkout:9', works: true });
  ecs.sicken(checkout, { endsWith: 'rollback', how: 'dying' });
});

const crowd = ailing('a service has more work than its tasks can carry', ({ ecs }, random) => {
  ecs.befall({ service: random.pick([checkout, search]), load: random.between(85, 100) });
});

const disconnect = ailing('ECS hears nothing of an instance any more', ({ ecs }, random) => {
  ecs.befall({ containerInstance: random.pick(['1', '2', '3']).padStart(32, '0'), agent: 'lost' });
});
