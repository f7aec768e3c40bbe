import type { ScalableTarget } from '@aws-sdk/client-application-auto-scaling';
import { everyItem } from '../../../vitals/pages';
import { type Describer, type Describing, eachOf, type Entry } from './describer';

const dimension = /^(?:dynamodb:(?:table|index):(?:Read|Write)CapacityUnits|ecs:service:DesiredCount)$/;

/** What scales a table and its indexes, or a service, each asked for as AWS writes that: `table/orders`, `service/shop/checkout`. */
export const scalableTargets: Describer = {
  atOnce: 10,
  describe: async (ids, { aws, redaction }) => {
    const entries = await eachOf(ids, async (own): Promise<readonly Entry[]> => {
      const asked = own.startsWith('service/')
        ? { ServiceNamespace: 'ecs' as const, ResourceIds: [own] }
        : { ServiceNamespace: 'dynamodb' as const };
      const targets = await everyItem(
        (token) => aws['application-autoscaling'].describeScalableTargets({ ...asked, ...token }),
        ({ ScalableTargets }) => ScalableTargets,
      );
      return targets.flatMap((target) => entryOf(own, target, redaction) ?? []);
    });
    return { entries: entries.flat(), leads: [] };
  },
};

function entryOf(
  own: string,
  { ResourceId = '', ScalableDimension: scales, MinCapacity: min, MaxCapacity: max }: ScalableTarget,
  redaction: Describing['redaction'],
): Entry | undefined {
  if (ResourceId !== own && !ResourceId.startsWith(`${own}/index/`)) return undefined;
  if (scales === undefined || !dimension.test(scales)) return undefined;
  const resource = ResourceId.split('/')
    .map((part, place) => (place === 0 || (place === 2 && own !== ResourceId) ? part : redaction.name(part)))
    .join('/');
  return { of: `${scales} ${ResourceId}`, item: { resource, dimension: scales, min, max } };
}
