import { everyItem } from '../../../vitals/pages';
import { type Describer, eachOf, type Entry } from './describer';

const dimension = /^dynamodb:(table|index):(Read|Write)CapacityUnits$/;

/** What scales a table and its indexes, each asked for by the name of the table. */
export const scalableTargets: Describer = {
  atOnce: 10,
  describe: async (ids, { aws, redaction }) => {
    const entries = await eachOf(ids, async (table): Promise<readonly Entry[]> => {
      const own = `table/${table}`;
      const targets = await everyItem(
        (token) => aws['application-autoscaling'].describeScalableTargets({ ServiceNamespace: 'dynamodb', ...token }),
        ({ ScalableTargets }) => ScalableTargets,
      );
      return targets.flatMap(({ ResourceId = '', ScalableDimension = '', MinCapacity: min, MaxCapacity: max }) => {
        const index = ResourceId.startsWith(`${own}/index/`) ? ResourceId.slice(`${own}/index/`.length) : undefined;
        if (ResourceId !== own && index === undefined) return [];
        if (!dimension.test(ScalableDimension)) return [];
        const resource = `table/${redaction.name(table)}${index === undefined ? '' : `/index/${redaction.name(index)}`}`;
        return [
          { of: `${ScalableDimension} ${ResourceId}`, item: { resource, dimension: ScalableDimension, min, max } },
        ];
      });
    });
    return { entries: entries.flat(), leads: [] };
  },
};
