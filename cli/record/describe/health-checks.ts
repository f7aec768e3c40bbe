import type { HealthCheck } from '@aws-sdk/client-route-53';
import { orAbsent } from '../../../vitals/absent';
import { type Describer, type Describing, eachOf, type Entry, item, missing, pairs } from './describer';

/** Health checks: what each asks, or which routing control it follows. Where the name leads that it asks, is not looked at. */
export const healthChecks: Describer = {
  atOnce: 10,
  describe: async (ids, describing) => {
    const entries = (await eachOf(ids, async (id) => entryOf(id, describing))).flat();
    return { entries: [...entries, ...missing(ids, entries)], leads: [] };
  },
};

async function entryOf(of: string, { aws: { route53 }, redaction }: Describing): Promise<readonly Entry[]> {
  const found = await orAbsent('NoSuchHealthCheck', route53.getHealthCheck({ HealthCheckId: of }));
  if (!found?.HealthCheck) return [];
  const asks = askedBy(found.HealthCheck, redaction);
  if (!asks) return [{ of, item: {}, notes: ['a health check that asks no endpoint: the replay makes one up'] }];
  const { ResourceTagSet } = await route53.listTagsForResource({ ResourceType: 'healthcheck', ResourceId: of });
  return [{ of, item: item({ id: of, ...asks, tags: redaction.tags(pairs(ResourceTagSet?.Tags)) }) }];
}

function askedBy({ HealthCheckConfig }: HealthCheck, redaction: Describing['redaction']): object | undefined {
  const { FullyQualifiedDomainName: name, IPAddress: address, RoutingControlArn: control } = HealthCheckConfig ?? {};
  if (control !== undefined) return { control: redaction.name(control) };
  // With an address the name is no more than what the endpoint is told that it is asked for.
  if (address !== undefined) return { address: redaction.name(address) };
  return name === undefined ? undefined : { name: redaction.name(name) };
}
