import { $Command, SchedulerClient, type SchedulerClientConfig } from '@aws-sdk/client-scheduler';
import { partition } from '@aws-sdk/core/client';
import { getEndpointPlugin } from '@smithy/core/endpoints';
import type { EndpointParameterInstructions, StaticOperationSchema } from '@smithy/types';
import type {
  ArcZonalShift,
  CancelZonalShiftInput,
  GetManagedResourceInput,
  GetManagedResourceOutput,
  ListAutoshiftsInput,
  ListAutoshiftsOutput,
  StartZonalShiftInput,
  ZonalShift,
} from '../../vitals/arc-zonal-shift';
import { operations, shapes } from './arc-zonal-shift-shapes';
import type { ClientSettings } from './sdk-clients';

const service = 'arc-zonal-shift';

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

  listAutoshifts(input: ListAutoshiftsInput): Promise<ListAutoshiftsOutput> {
    return this.#send(new commands.ListAutoshifts(input));
  }

  getManagedResource(input: GetManagedResourceInput): Promise<GetManagedResourceOutput> {
    return this.#send(new commands.GetManagedResource(input));
  }

  startZonalShift(input: StartZonalShiftInput): Promise<ZonalShift> {
    return this.#send(new commands.StartZonalShift(input));
  }

  cancelZonalShift(input: CancelZonalShiftInput): Promise<ZonalShift> {
    return this.#send(new commands.CancelZonalShift(input));
  }

  #send<Output>(command: object): Promise<Output> {
    // The base is typed for the commands of another service; it sends whatever is a command.
    return (this.send as unknown as (command: object) => Promise<Output>).call(this, command);
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

/** Makes the command of an operation, as the SDK's own are made. */
function commandOf(name: string, operation: StaticOperationSchema): new (input: object) => object {
  return $Command
    .classBuilder<object, { $metadata: object }, SchedulerClient['config']>()
    .ep(endpointParameters)
    .m((_command, _stack, config: SchedulerClient['config']) => [getEndpointPlugin(config, endpointParameters)])
    .s('PercDataPlane', name, {})
    .n('ArcZonalShiftClient', `${name}Command`)
    .sc(operation)
    .build();
}

const commands = {
  ListAutoshifts: commandOf('ListAutoshifts', operations.ListAutoshifts),
  GetManagedResource: commandOf('GetManagedResource', operations.GetManagedResource),
  StartZonalShift: commandOf('StartZonalShift', operations.StartZonalShift),
  CancelZonalShift: commandOf('CancelZonalShift', operations.CancelZonalShift),
};
