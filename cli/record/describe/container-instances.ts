import type { ContainerInstance } from '@aws-sdk/client-ecs';
import { containerInstanceParts, readServicesOn } from '../../../vitals/ecs/container-instance';
import { everyItem } from '../../../vitals/pages';
import { isNotFound } from '../../aws-fault';
import {
  type Describer,
  type Describing,
  type Description,
  eachOf,
  item,
  lowerPairs,
  missing,
  type Named,
} from './describer';
import type { Found } from './one-by-one';

/** Instances that tasks of ECS are put on; they lead to the others of their cluster, and to the services that have tasks on them. */
export const containerInstances: Describer = {
  atOnce: 100,
  describe: async (ids, describing) => {
    const clusters = new Set(ids.map((id) => clusterOf(id)));
    const found = await eachOf([...clusters], async (cluster) => {
      const own = ids.filter((id) => clusterOf(id) === cluster);
      return inCluster(cluster, own, describing);
    });
    const entries = found.flatMap((one) => one.entries);
    return { entries: [...entries, ...missing(ids, entries)], leads: found.flatMap(({ leads }) => leads) };
  },
};

const clusterOf = (id: string): string => containerInstanceParts(id)?.cluster ?? '';

async function inCluster(cluster: string, ids: readonly string[], describing: Describing): Promise<Description> {
  try {
    const { containerInstances: shown = [] } = await describing.aws.ecs.describeContainerInstances({
      cluster,
      containerInstances: ids.map(endOf),
      include: ['TAGS'],
    });
    const others = await hostsIn(cluster, describing);
    const found = await eachOf(shown, async (one) => describe(cluster, one, describing));
    return { entries: found.map(({ entry }) => entry), leads: [...others, ...found.flatMap(({ leads }) => leads)] };
  } catch (error) {
    if (isNotFound(error)) return { entries: [], leads: [] };
    throw error;
  }
}

/** All container instances of a cluster. */
export async function hostsIn(cluster: string, { aws: { ecs } }: Describing): Promise<readonly Named[]> {
  const arns = await everyItem(
    async ({ NextToken: nextToken }) => {
      const page = await ecs.listContainerInstances({ cluster, ...(nextToken && { nextToken }) });
      return { arns: page.containerInstanceArns, NextToken: page.nextToken };
    },
    (page) => page.arns,
  );
  return arns.map((arn) => ({ kind: 'containerInstances', id: `${cluster}/${endOf(arn)}` }));
}

async function describe(
  cluster: string,
  { containerInstanceArn: arn = '', ec2InstanceId, status, tags }: ContainerInstance,
  { aws, redaction }: Describing,
): Promise<Found> {
  const of = `${cluster}/${endOf(arn)}`;
  if (!ec2InstanceId || !/^[0-9a-f]{32}$/.test(endOf(arn)))
    return { entry: { of, item: {}, notes: ['it is not in EC2, or has an id of the old form'] }, leads: [] };
  const services = await readServicesOn({ cluster, arn }, { ...aws, now: () => 0 });
  return {
    entry: {
      of,
      item: item({
        cluster: redaction.name(cluster),
        id: redaction.name(endOf(arn)),
        instance: redaction.name(ec2InstanceId),
        status: status === 'DRAINING' ? status : undefined,
        tags: redaction.tags(lowerPairs(tags)),
      }),
    },
    leads: [{ kind: 'instances', id: ec2InstanceId }, ...services.map((id): Named => ({ kind: 'ecsServices', id }))],
  };
}

/** What stands behind the last slash. */
function endOf(name: string): string {
  return name.split('/').at(-1) ?? '';
}
