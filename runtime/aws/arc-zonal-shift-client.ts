import { $Command, SchedulerClient, type SchedulerClientConfig } from '@aws-sdk/client-scheduler';
import { partition } from '@aws-sdk/core/client';
import { getEndpointPlugin } from '@smithy/core/endpoints';
import type {
  EndpointParameterInstructions,
  StaticListSchema,
  StaticOperationSchema,
  StaticStructureSchema,
} from '@smithy/types';
import type { ArcZonalShift, ListAutoshiftsInput, ListAutoshiftsOutput } from '../../vitals/arc-zonal-shift';
import type { ClientSettings } from './sdk-clients';

const service = 'arc-zonal-shift';
const shapes = 'com.amazonaws.arczonalshift';

// Shapes as the SDK writes them: 0 is a text, 1 a number, 4 a time.
const summary: StaticStructureSchema = [
  3,
  shapes,
  'AutoshiftSummary',
  0,
  ['awayFrom', 'startTime', 'status', 'endTime'],
  [0, 4, 0, 4],
];
const summaries: StaticListSchema = [1, shapes, 'AutoshiftSummaries', 0, () => summary];
const input: StaticStructureSchema = [
  3,
  shapes,
  'ListAutoshiftsRequest',
  0,
  ['nextToken', 'status', 'maxResults'],
  [
    [0, { httpQuery: 'nextToken' }],
    [0, { httpQuery: 'status' }],
    [1, { httpQuery: 'maxResults' }],
  ],
];
const output: StaticStructureSchema = [
  3,
  shapes,
  'ListAutoshiftsResponse',
  0,
  ['items', 'nextToken'],
  [() => summaries, 0],
];
const operation: StaticOperationSchema = [
  9,
  shapes,
  'ListAutoshifts',
  { http: ['GET', '/autoshifts', 200] },
  () => input,
  () => output,
];

type Settings = ClientSettings & { readonly cacheMiddleware?: boolean };
type EndpointOf = NonNullable<SchedulerClientConfig['endpointProvider']>;
type SchemesOf = NonNullable<SchedulerClientConfig['httpAuthSchemeProvider']>;

/**
 * The client of ARC's zonal shifts. Its own package is not to be had, so it is another client that speaks the same protocol, with
 * the name, the endpoint and the shapes of this service: all else is the SDK's own, retries, credentials and AWS_ENDPOINT_URL too.
 */
export class ArcZonalShiftClient extends SchedulerClient implements ArcZonalShift {
  constructor(settings: Settings) {
    super({
      ...settings,
      serviceId: 'ARC Zonal Shift',
      endpointProvider,
      httpAuthSchemeProvider,
      protocolSettings: { defaultNamespace: shapes, errorTypeRegistries: [], version: '2022-10-30' },
    });
  }

  listAutoshifts(asked: ListAutoshiftsInput): Promise<ListAutoshiftsOutput> {
    // The base is typed for the commands of another service; it sends whatever is a command.
    const send = this.send.bind(this) as unknown as (command: object) => Promise<ListAutoshiftsOutput>;
    return send(new ListAutoshiftsCommand(asked));
  }
}

/** `arc-zonal-shift.eu-central-1.amazonaws.com`, and its like in other partitions, or where AWS_ENDPOINT_URL says. */
const endpointProvider: EndpointOf = ({ Endpoint, Region = '', UseFIPS = false, UseDualStack = false }) => {
  // Without this it would sign as the service whose client it is made of, wherever it sends to.
  const properties = { authSchemes: [{ name: 'sigv4', signingName: service, signingRegion: Region, properties: {} }] };
  if (Endpoint !== undefined) return { url: new URL(Endpoint), properties };
  const { dnsSuffix, dualStackDnsSuffix, supportsFIPS, supportsDualStack } = partition(Region);
  if ((UseFIPS && !supportsFIPS) || (UseDualStack && !supportsDualStack)) {
    throw new Error(`${service} has no such endpoint in ${Region}: turn off FIPS or dual stack for it`);
  }
  const host = `${service}${UseFIPS ? '-fips' : ''}.${Region}.${UseDualStack ? dualStackDnsSuffix : dnsSuffix}`;
  return { url: new URL(`https://${host}`), properties };
};

const httpAuthSchemeProvider: SchemesOf = ({ region }) => [
  {
    schemeId: 'aws.auth#sigv4',
    signingProperties: { name: service, region },
    propertiesExtractor: (config, context) => ({ signingProperties: { config, context } }),
  },
];

const endpointParameters: EndpointParameterInstructions = {
  UseFIPS: { type: 'builtInParams', name: 'useFipsEndpoint' },
  Endpoint: { type: 'builtInParams', name: 'endpoint' },
  Region: { type: 'builtInParams', name: 'region' },
  UseDualStack: { type: 'builtInParams', name: 'useDualstackEndpoint' },
};

class ListAutoshiftsCommand extends $Command
  .classBuilder<ListAutoshiftsInput, ListAutoshiftsOutput & { $metadata: object }, SchedulerClient['config']>()
  .ep(endpointParameters)
  .m((_command, _stack, config: SchedulerClient['config']) => [getEndpointPlugin(config, endpointParameters)])
  .s('PercDataPlane', 'ListAutoshifts', {})
  .n('ArcZonalShiftClient', 'ListAutoshiftsCommand')
  .sc(operation)
  .build() {}
