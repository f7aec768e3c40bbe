import { orAbsent } from '../../../vitals/absent';
import { lambdaTags, notFound } from '../../../vitals/lambda/function';
import { type Describer, type Describing, eachOf, type Entry, item, missing } from './describer';

/** Event source mappings, with the functions that they lead to. */
export const eventSourceMappings: Describer = {
  atOnce: 10,
  describe: async (ids, describing) => {
    const found = (await eachOf(ids, async (id) => foundOf(id, describing))).flat();
    const entries = found.map(({ entry }) => entry);
    const leads = found.flatMap(({ leads: name }) =>
      name === undefined ? [] : [{ kind: 'functions' as const, id: name }],
    );
    return { entries: [...entries, ...missing(ids, entries)], leads };
  },
};

interface Found {
  readonly entry: Entry;
  /** Name of the function. */
  readonly leads: string | undefined;
}

async function foundOf(of: string, { aws: { lambda }, redaction, home }: Describing): Promise<readonly Found[]> {
  const found = await orAbsent(notFound, lambda.getEventSourceMapping({ UUID: of }));
  if (!found) return [];
  const { FunctionArn = '', EventSourceArn, State, LastProcessingResult: lastResult } = found;
  const [, leads] = /:function:([\w-]+)/.exec(FunctionArn) ?? [];
  const tags = await lambdaTags(home, `event-source-mapping:${of}`, { lambda });
  const entry = {
    of,
    item: item({
      id: of,
      function: redaction.ifNamed(leads),
      source: redaction.ifNamed(EventSourceArn),
      // What Lambda is doing to it is over before anybody replays it.
      state: State === 'Disabled' || State === 'Disabling' ? 'Disabled' : undefined,
      lastResult: lastResult?.startsWith('PROBLEM') ? 'PROBLEM' : undefined,
      tags: redaction.tags(Object.entries(tags)),
    }),
  };
  return [{ entry, leads }];
}
