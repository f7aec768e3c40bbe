import type { Caller, Clients, ServiceClient } from '../../runtime/aws/access';
import { snsPublisher } from '../../runtime/escalation/sns-publisher';
import { ssmOpsItems } from '../../runtime/escalation/ssm-ops-items';
import { sdkClients } from '../../runtime/aws/sdk-clients';
import type { Service } from '../../vitals/aws';
import { connect } from '../../simulator/connect';
import { Refusal } from '../../simulator/refusal';
import type { World } from '../../simulator/world';
import { accountId, region } from '../scenario/account';
import type { Faults } from '../faults';
import { emptied } from './emptied-answer';
import type { LaggingReads } from './lagging-reads';
import type { Sandbox } from './sandbox';

/** Never checked: no request leaves the process. */
const settingsFor = (_account: string, region: string) => ({
  region,
  credentials: { accessKeyId: 'simulated', secretAccessKey: 'simulated' },
});

/** Where the clients of this process end. Trials run one after the other, and making clients is most of what a short one costs. */
let present: World | undefined;

const here = (account: string, region: string) => {
  if (!present) throw new Error('A client was called outside of a trial.');
  return present.account(account, region);
};
const answering = (service: string, account: string, region: string) => ({
  call: (_service: string, operation: string, input: object) => here(account, region).call(service, operation, input),
});
const sdk = sdkClients(settingsFor, (client, service, account, region) => {
  connect(client, service, answering(service, account, region));
});

/** Services that a trial calls; none is forgotten, for each has to be named. */
const services: Readonly<Record<Service, true>> = {
  'arc-zonal-shift': true,
  'application-autoscaling': true,
  autoscaling: true,
  cloudwatch: true,
  dynamodb: true,
  ec2: true,
  elasticache: true,
  elasticloadbalancing: true,
  rds: true,
  ssm: true,
  backup: true,
  ecs: true,
  elasticfilesystem: true,
  elasticmapreduce: true,
  lambda: true,
  logs: true,
  route53: true,
  'route53-recovery-cluster': true,
  s3: true,
  sns: true,
};

/** Makes all clients before the first trial: to make one takes longer than to have one, and would change the order of its calls. */
export async function makeClients(): Promise<void> {
  for (const service of Object.keys(services) as Service[]) {
    for (const access of ['read', 'write'] as const) await sdk(service, accountId, region, access);
  }
}

/** Publishes to the topics of the present world, through the real client. */
export const publishHere = snsPublisher(settingsFor, (client, account, region) => {
  connect(client, 'sns', answering('sns', account, region));
});

/** OpsItems of the present world, through the real client. */
export const opsItemsHere = ssmOpsItems(settingsFor(accountId, region), (client) => {
  connect(client, 'ssm', answering('ssm', accountId, region));
});

/** From now on all clients of this process end in that world. */
export function enter(world: World): void {
  present = world;
}

/** A call as it goes over the wire. */
export interface Request {
  readonly caller: Caller | undefined;
  readonly service: string;
  /** As IAM writes it, such as `RebootInstances`. */
  readonly operation: string;
  readonly input: object;
}

/** What calls of processes meet on their way. */
export interface Wire {
  readonly faults: Faults;
  readonly lag: LaggingReads;
  /** Permissions that are missing for a while, by action. */
  readonly isDenied: (action: string) => boolean;
  /** Is told of what changes something, at the moment at which it reaches AWS; what it answers is called once AWS has done it. */
  readonly onWrite: (sandbox: Sandbox, request: Request) => () => void;
  /** Is told of every call and how it ended. */
  readonly onCall: (sandbox: Sandbox, request: Request, error: string | undefined) => void;
}

/** The SDK's clients as one process has them: calls take time, are refused, lost, or done though nobody hears of it. */
export function clientsOf(sandbox: Sandbox, wire: Wire): Clients {
  return async (service, account, region, access = 'read', caller) => {
    const client = await sdk(service, account, region, access);
    const send = (method: string, input: object): Promise<object> => {
      const operation = `${method.charAt(0).toUpperCase()}${method.slice(1)}`;
      const request = { caller, service, operation, input };
      const changes = access === 'write';
      return sandbox.cross({ what: `${service}:${operation}`, changes, isSentAtOnce: changes }, async () => {
        try {
          const deliver = () => (client[method] as ServiceClient[string]).call(client, input);
          const answer = await (changes ? write(deliver, sandbox, request, wire) : read(deliver, request, wire));
          wire.onCall(sandbox, request, undefined);
          return answer;
        } catch (error) {
          wire.onCall(sandbox, request, error instanceof Error ? error.name : String(error));
          throw error;
        }
      });
    };
    return new Proxy(client, {
      get: (target, method) =>
        typeof method === 'string' && method in target ? (input: object) => send(method, input) : undefined,
    });
  };
}

function timedOut(): Error {
  return Object.assign(new Error('socket hang up'), { name: 'TimeoutError', code: 'ECONNRESET' });
}

function refuseSome({ service, operation }: Request, { faults, isDenied }: Wire): void {
  if (faults.hits('aws-throttled')) throw new Refusal('ThrottlingException', 'Rate exceeded');
  if (faults.hits('aws-unavailable')) throw new Refusal('ServiceUnavailable', 'The service is unavailable.', 503);
  if (isDenied(`${service}:${operation}`)) {
    throw new Refusal('AccessDeniedException', 'User is not authorized to perform this operation', 403);
  }
}

async function read(deliver: () => Promise<object>, request: Request, wire: Wire): Promise<object> {
  const { faults, lag } = wire;
  refuseSome(request, wire);
  const stale = lag.answerTo(request);
  const answer = stale ?? (await deliver());
  lag.heard(request);
  return faults.hits('aws-empty') ? emptied(answer) : answer;
}

async function write(deliver: () => Promise<object>, sandbox: Sandbox, request: Request, wire: Wire): Promise<object> {
  const { faults, lag } = wire;
  refuseSome(request, wire);
  if (faults.hits('aws-request-lost')) throw timedOut();
  if (faults.hits('aws-read-lags'))
    lag.freeze(request.service, faults.randomOf('aws-read-lags').between(1_000, 45_000));
  const done = wire.onWrite(sandbox, request);
  const answer = await deliver();
  done();
  if (faults.hits('aws-answer-lost')) throw timedOut();
  if (faults.hits('aws-applied-400')) throw new Refusal('IncorrectState', 'It is not in a state for this.', 400);
  if (faults.hits('aws-applied-503')) throw new Refusal('InternalError', 'An internal error has occurred.', 500);
  return answer;
}
