import type { AliasConfiguration } from '@aws-sdk/client-lambda';
import { orAbsent } from '../../../vitals/absent';
import { lambdaTags, notFound } from '../../../vitals/lambda/function';
import { everyItem } from '../../../vitals/pages';
import { callersIn } from './function-callers';
import { type Describer, type Describing, eachOf, type Entry, item, missing, type Named } from './describer';

/**
 * Functions: how often each may run at one time, where its aliases lead, what brings it records, and for which topics and log
 * groups it may be called. Its code, its settings and its environment are not read.
 */
export const functions: Describer = {
  atOnce: 10,
  describe: async (ids, describing) => {
    const entries = (await eachOf(ids, async (id) => entryOf(id, describing))).flat();
    const leads = await eachOf(entries, async ({ of }) => mappingsOf(of, describing));
    return { entries: [...entries, ...missing(ids, entries)], leads: leads.flat() };
  },
};

async function entryOf(of: string, describing: Describing): Promise<readonly Entry[]> {
  const { aws, redaction, home } = describing;
  const { lambda } = aws;
  const FunctionName = of;
  const concurrency = await orAbsent(notFound, lambda.getFunctionConcurrency({ FunctionName }));
  if (!concurrency) return [];
  const aliases = await everyItem(
    async ({ NextToken: Marker }) => {
      const page = await lambda.listAliases({ FunctionName, ...(Marker && { Marker }) });
      return { found: page.Aliases, NextToken: page.NextMarker };
    },
    (page) => page.found,
  );
  const tags = await lambdaTags(home, `function:${of}`, { lambda });
  const entry = {
    of,
    item: item({
      name: redaction.name(of),
      callers: await callersOf(of, describing),
      reserved: concurrency.ReservedConcurrentExecutions,
      aliases: aliases.map((alias) => aliasOf(alias, redaction)),
      tags: redaction.tags(Object.entries(tags)),
    }),
  };
  const notes = ['what its aliases led to before is not described: in the replay none is led back'];
  return [aliases.length > 0 ? { ...entry, notes } : entry];
}

function aliasOf(
  { Name = '', FunctionVersion: version, RoutingConfig }: AliasConfiguration,
  redaction: Describing['redaction'],
): object {
  return item({ name: redaction.name(Name), version, weights: RoutingConfig?.AdditionalVersionWeights });
}

/** Of its policy, for whom those call it that are simulated. */
async function callersOf(of: string, { aws: { lambda }, redaction }: Describing): Promise<readonly object[]> {
  const found = await orAbsent(notFound, lambda.getPolicy({ FunctionName: of }));
  return callersIn(found?.Policy).map(({ service, arn }) => ({ service, for: redaction.name(arn) }));
}

async function mappingsOf(FunctionName: string, { aws: { lambda } }: Describing): Promise<readonly Named[]> {
  const found = await everyItem(
    async ({ NextToken: Marker }) => {
      const page = await lambda.listEventSourceMappings({ FunctionName, ...(Marker && { Marker }) });
      return { mappings: page.EventSourceMappings, NextToken: page.NextMarker };
    },
    (page) => page.mappings,
  );
  return found.flatMap(({ UUID: id }) => (id === undefined ? [] : [{ kind: 'eventSourceMappings' as const, id }]));
}
