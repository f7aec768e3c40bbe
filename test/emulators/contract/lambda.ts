import { casesOf, refusal } from './case';
import type { Place } from './place';

const named = { FunctionName: 'checkout' };
const live = { ...named, Name: 'live' };
const noMapping = '00000000-0000-4000-8000-000000000000';
const willing = { 'homeostat:heal': 'yes' };

async function shared({ lambda }: Place): Promise<number> {
  const { AccountLimit } = await lambda.getAccountSettings({});
  return AccountLimit?.UnreservedConcurrentExecutions ?? NaN;
}

export const lambdaCases = casesOf([
  {
    operation: 'lambda:GetFunctionConcurrency',
    name: 'a function has none of its own until some is reserved',
    agreed: [null, 10],
    seen: async ({ add, lambda }) => {
      await add.deployedFunction();
      const reserved = async () => (await lambda.getFunctionConcurrency(named)).ReservedConcurrentExecutions ?? null;
      const before = await reserved();
      await lambda.putFunctionConcurrency({ ...named, ReservedConcurrentExecutions: 10 });
      return [before, await reserved()];
    },
  },
  {
    operation: 'lambda:GetFunctionConcurrency',
    name: 'a function that does not exist is an error',
    agreed: { refused: 'ResourceNotFoundException' },
    seen: ({ lambda }) => refusal(lambda.getFunctionConcurrency({ FunctionName: 'none' })),
  },
  {
    operation: 'lambda:PutFunctionConcurrency',
    name: 'it can be 0, and raised again',
    agreed: [0, 20],
    seen: async ({ add, lambda }) => {
      await add.deployedFunction();
      const put = async (ReservedConcurrentExecutions: number) =>
        (await lambda.putFunctionConcurrency({ ...named, ReservedConcurrentExecutions })).ReservedConcurrentExecutions;
      return [await put(0), await put(20)];
    },
  },
  {
    operation: 'lambda:PutFunctionConcurrency',
    name: 'less than a hundred for the others is refused',
    agreed: { refused: 'InvalidParameterValueException' },
    seen: async ({ add, lambda }) => {
      await add.deployedFunction();
      // More than any account has to begin with.
      return refusal(lambda.putFunctionConcurrency({ ...named, ReservedConcurrentExecutions: 100_000 }));
    },
  },
  {
    operation: 'lambda:GetAccountSettings',
    name: 'what is reserved for a function is no longer shared',
    agreed: 10,
    seen: async (place) => {
      await place.add.deployedFunction();
      const before = await shared(place);
      await place.lambda.putFunctionConcurrency({ ...named, ReservedConcurrentExecutions: 10 });
      return before - (await shared(place));
    },
  },
  {
    operation: 'lambda:GetAlias',
    name: 'an alias has a version and a revision, and no weights',
    agreed: ['2', true, 0],
    seen: async ({ add, lambda }) => {
      await add.deployedFunction();
      const { FunctionVersion, RevisionId, RoutingConfig } = await lambda.getAlias(live);
      const weights = Object.keys(RoutingConfig?.AdditionalVersionWeights ?? {});
      return [FunctionVersion, RevisionId !== undefined, weights.length];
    },
  },
  {
    operation: 'lambda:GetAlias',
    name: 'one that does not exist is an error',
    agreed: { refused: 'ResourceNotFoundException' },
    seen: async ({ add, lambda }) => {
      await add.deployedFunction();
      return refusal(lambda.getAlias({ ...named, Name: 'next' }));
    },
  },
  {
    operation: 'lambda:ListAliases',
    name: 'the aliases of a function are listed',
    agreed: [['live', '2']],
    seen: async ({ add, lambda }) => {
      await add.deployedFunction();
      const { Aliases = [] } = await lambda.listAliases(named);
      return Aliases.map(({ Name, FunctionVersion }) => [Name, FunctionVersion]);
    },
  },
  {
    operation: 'lambda:UpdateAlias',
    name: 'it leads to the other version at once, and has another revision',
    agreed: ['1', true],
    seen: async ({ add, lambda }) => {
      await add.deployedFunction();
      const { RevisionId } = await lambda.getAlias(live);
      await lambda.updateAlias({ ...live, FunctionVersion: '1', RevisionId });
      const after = await lambda.getAlias(live);
      return [after.FunctionVersion, after.RevisionId !== RevisionId];
    },
  },
  {
    operation: 'lambda:UpdateAlias',
    name: 'a revision that is not the latest is refused',
    agreed: { refused: 'PreconditionFailedException' },
    seen: async ({ add, lambda }) => {
      await add.deployedFunction();
      return refusal(lambda.updateAlias({ ...live, FunctionVersion: '1', RevisionId: noMapping }));
    },
  },
  {
    operation: 'lambda:UpdateAlias',
    name: 'a version that does not exist is refused',
    agreed: { refused: 'ResourceNotFoundException' },
    seen: async ({ add, lambda }) => {
      await add.deployedFunction();
      return refusal(lambda.updateAlias({ ...live, FunctionVersion: '9' }));
    },
  },
  {
    operation: 'lambda:ListVersionsByFunction',
    name: 'all versions are listed, and the one that is not published',
    agreed: ['$LATEST', '1', '2'],
    seen: async ({ add, lambda }) => {
      await add.deployedFunction();
      const { Versions = [] } = await lambda.listVersionsByFunction(named);
      return Versions.map(({ Version }) => Version);
    },
  },
  {
    operation: 'lambda:GetEventSourceMapping',
    name: 'a mapping has its state, its function and its time',
    agreed: ['Enabled', 'function:checkout', true],
    seen: async ({ add, lambda }) => {
      const UUID = await add.eventSourceMapping();
      const { State, FunctionArn, LastModified } = await lambda.getEventSourceMapping({ UUID });
      return [State, FunctionArn?.split(':').slice(5).join(':'), LastModified instanceof Date];
    },
  },
  {
    operation: 'lambda:GetEventSourceMapping',
    name: 'one that does not exist is an error',
    agreed: { refused: 'ResourceNotFoundException' },
    seen: ({ lambda }) => refusal(lambda.getEventSourceMapping({ UUID: noMapping })),
  },
  {
    operation: 'lambda:ListEventSourceMappings',
    name: 'those of a function are listed, and no others',
    agreed: [1, 0],
    seen: async ({ add, lambda }) => {
      await add.eventSourceMapping();
      const count = async (FunctionName: string) =>
        (await lambda.listEventSourceMappings({ FunctionName })).EventSourceMappings?.length;
      return [await count('checkout'), await count('none')];
    },
  },
  {
    operation: 'lambda:UpdateEventSourceMapping',
    name: 'it is disabled, and enabled again',
    agreed: ['Disabled', 'Enabled'],
    seen: async ({ add, lambda, settle }) => {
      const UUID = await add.eventSourceMapping();
      const stateAfter = async (Enabled: boolean) => {
        await lambda.updateEventSourceMapping({ UUID, Enabled });
        await settle();
        return (await lambda.getEventSourceMapping({ UUID })).State;
      };
      return [await stateAfter(false), await stateAfter(true)];
    },
  },
  {
    operation: 'lambda:ListTags',
    name: 'a function and a mapping have tags of their own',
    agreed: [willing, willing],
    seen: async ({ add, lambda, account, region }) => {
      const UUID = await add.eventSourceMapping(willing);
      const tagsOf = async (what: string) =>
        (await lambda.listTags({ Resource: `arn:aws:lambda:${region}:${account}:${what}` })).Tags;
      return [await tagsOf('function:checkout'), await tagsOf(`event-source-mapping:${UUID}`)];
    },
  },
]);
