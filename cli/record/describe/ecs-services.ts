import type { DeploymentCircuitBreaker, Service } from '@aws-sdk/client-ecs';
import { revisionOf, serviceParts } from '../../../vitals/ecs/service';
import { everyItem } from '../../../vitals/pages';
import { isNotFound } from '../../aws-fault';
import { type LastDeployed, lastDeployed } from './ecs-deployments';
import { hostsIn } from './container-instances';
import { type Describing, type Entry, item, lowerPairs, type Named } from './describer';
import { type Found, oneByOne } from './one-by-one';

/**
 * Services of ECS: how many tasks each has, of which revision, and how these are exchanged. They lead to what scales them, to
 * their target groups and to the instances of their cluster. What their containers run, and with what environment, is not read.
 */
export const ecsServices = oneByOne(foundOf);

interface Parts {
  readonly cluster: string;
  readonly name: string;
}

async function foundOf(of: string, describing: Describing): Promise<Found | undefined> {
  const parts = serviceParts(of);
  const service = parts && (await find(parts, describing));
  if (!service || service.status === 'INACTIVE') return undefined;
  const launch = launchOf(service);
  const hosts = launch === 'EC2' ? await hostsIn(parts.cluster, describing) : [];
  const scaled: Named = { kind: 'scalableTargets', id: `service/${of}` };
  const targetGroups = groupsOf(service).map((id): Named => ({ kind: 'targetGroups', id }));
  const deployed = isOfEcs(service) ? await lastDeployed({ ...parts, id: of }, describing) : undefined;
  const entry = {
    of,
    item: {
      ...itemOf(parts, service, deployed, describing.redaction),
      ...item({ launch, protectedTasks: (await protectedOf(parts, describing.aws.ecs)) || undefined }),
    },
    notes: [
      ...(deployed ? [] : ['when it was deployed last and what ran before: in the replay no deployment is taken back']),
      ...(service.schedulingStrategy === 'DAEMON' ? ['that it runs one task on each instance'] : []),
    ],
  };
  return { entry, leads: [scaled, ...targetGroups, ...hosts] };
}

async function find({ cluster, name }: Parts, { aws: { ecs } }: Describing): Promise<Service | undefined> {
  try {
    const { services = [] } = await ecs.describeServices({ cluster, services: [name], include: ['TAGS'] });
    return services[0];
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

function itemOf(
  { cluster, name }: Parts,
  service: Service,
  deployed: LastDeployed | undefined,
  redaction: Describing['redaction'],
): Entry['item'] {
  const { deploymentConfiguration: exchange = {} } = service;
  return item({
    cluster: redaction.name(cluster),
    name: redaction.name(name),
    taskDefinition: revision(deployed?.after ?? service.taskDefinition, redaction),
    deployed: deployed && { before: revision(deployed.before, redaction), at: deployed.at },
    desired: service.desiredCount,
    minPercent: exchange.minimumHealthyPercent,
    maxPercent: exchange.maximumPercent,
    controller: service.deploymentController?.type,
    circuitBreaker: breakerOf(exchange.deploymentCircuitBreaker),
    room: roomOf(service),
    targetGroups: groupsOf(service).map((arn) => redaction.name(arn)),
    tags: redaction.tags(lowerPairs(service.tags)),
  });
}

function revision(taskDefinition: string | undefined, redaction: Describing['redaction']): string | undefined {
  const [family, number] = taskDefinition === undefined ? [] : revisionOf(taskDefinition).split(':');
  return family === undefined || number === undefined ? undefined : `${redaction.name(family)}:${number}`;
}

/** Of what others deploy ECS keeps no such list. */
function isOfEcs({ deploymentController }: Service): boolean {
  return (deploymentController?.type ?? 'ECS') === 'ECS';
}

function breakerOf(breaker: DeploymentCircuitBreaker | undefined): string | undefined {
  if (!breaker?.enable) return undefined;
  return breaker.rollback ? 'rollback' : 'stop';
}

/** Undefined where AWS does not put its tasks: outside of it. */
function launchOf({ launchType, capacityProviderStrategy: strategy = [] }: Service): 'FARGATE' | 'EC2' | undefined {
  if (launchType === 'FARGATE' || launchType === 'EC2') return launchType;
  if (strategy.length === 0) return undefined;
  return strategy.every(({ capacityProvider }) => /^FARGATE(_SPOT)?$/.test(capacityProvider ?? '')) ? 'FARGATE' : 'EC2';
}

function groupsOf({ loadBalancers = [] }: Service): readonly string[] {
  return loadBalancers.flatMap(({ targetGroupArn }) => targetGroupArn ?? []);
}

/** What runs, where ECS said last that it found no place for more. */
function roomOf({ desiredCount = 0, runningCount = 0, pendingCount = 0, events = [] }: Service): number | undefined {
  const there = runningCount + pendingCount;
  if (there >= desiredCount) return undefined;
  const told = events.map(({ message = '' }) => /unable to place a task|reached a steady state/.exec(message)?.[0]);
  return told.find((words) => words !== undefined)?.startsWith('unable') ? there : undefined;
}

/** As many as one call takes. */
const tasksAtOnce = 100;

/** Tasks that their own code protects. */
async function protectedOf({ cluster, name }: Parts, ecs: Describing['aws']['ecs']): Promise<number> {
  const arns = await everyItem(
    async ({ NextToken: nextToken }) => {
      const page = await ecs.listTasks({ cluster, serviceName: name, ...(nextToken && { nextToken }) });
      return { arns: page.taskArns, NextToken: page.nextToken };
    },
    (page) => page.arns,
  );
  let count = 0;
  for (let from = 0; from < arns.length; from += tasksAtOnce) {
    const tasks = arns.slice(from, from + tasksAtOnce);
    const { protectedTasks = [] } = await ecs.getTaskProtection({ cluster, tasks });
    count += protectedTasks.filter(({ protectionEnabled }) => protectionEnabled).length;
  }
  return count;
}
