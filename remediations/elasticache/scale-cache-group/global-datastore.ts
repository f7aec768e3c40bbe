import type { Cache } from '../../../vitals/elasticache/cache';

/** Says so of a part of a global datastore: all of its parts have the same shards and node type. Replicas each has its own. */
export function sizedElsewhere(cache: Cache): string | undefined {
  const whole = cache.kind === 'cache-group' ? cache.globalDatastore : undefined;
  return (
    whole && `${cache.id} is part of the global datastore ${whole}, whose parts are alike: a person changes it there`
  );
}
