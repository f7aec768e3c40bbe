import type * as sdk from '@aws-sdk/client-application-auto-scaling';
import { z } from 'zod';
import { page } from './page';
import { Refusal } from './refusal';
import type { SimulatedAccount } from './world';

type Answer<Output> = Omit<Output, '$metadata'>;

const dimensions = [
  'dynamodb:table:ReadCapacityUnits',
  'dynamodb:table:WriteCapacityUnits',
  'dynamodb:index:ReadCapacityUnits',
  'dynamodb:index:WriteCapacityUnits',
  'rds:cluster:ReadReplicaCount',
  'elasticache:replication-group:NodeGroups',
  'elasticache:replication-group:Replicas',
  'elasticache:cache-cluster:Nodes',
  'ecs:service:DesiredCount',
] as const;

/** What auto scaling sets, and between which numbers; everything but the bounds names it. */
export const scalableTargetSchema = z
  .strictObject({
    /** As AWS writes it: `table/orders`, `table/orders/index/by-customer` or `cluster:ledger`. */
    resource: z.string().min(1),
    dimension: z.enum(dimensions),
    min: z.int().nonnegative(),
    max: z.int().nonnegative(),
  })
  .refine(({ min, max }) => min <= max, 'min is above max');

/** A scalable target as a description of an account writes it. */
type ScalableTarget = z.infer<typeof scalableTargetSchema>;

/** From a load that is too much to the capacity that a scaling policy gives, in milliseconds. */
const scalingTakes = 3 * 60_000;
/** Share of its capacity that a scaling policy lets a table use. It never takes capacity away here: AWS waits long for that. */
const share = 0.7;

/** Application Auto Scaling of one account: targets of the namespaces dynamodb, ecs and rds, each with a policy of its own. */
export class ApplicationAutoScaling {
  readonly #targets = new Map<string, ScalableTarget>();

  constructor(private readonly account: SimulatedAccount) {
    account.services.dynamodb.control.onLoad((table) => {
      for (const target of this.#targets.values()) if (partsOf(target)?.table === table) this.#follow(target);
    });
  }

  readonly operations = {
    DescribeScalableTargets: (
      input: sdk.DescribeScalableTargetsCommandInput,
    ): Answer<sdk.DescribeScalableTargetsCommandOutput> => {
      const namespace = namespaceOf(input.ServiceNamespace);
      if (input.ScalableDimension !== undefined && !input.ResourceIds?.length) {
        throw invalid('ResourceIds must be specified when ScalableDimension is specified');
      }
      const found = [...this.#targets.values()].filter(
        ({ resource, dimension }) =>
          dimension.startsWith(`${namespace}:`) &&
          (input.ScalableDimension === undefined || dimension === input.ScalableDimension) &&
          (!input.ResourceIds?.length || input.ResourceIds.includes(resource)),
      );
      const limit = Math.min(input.MaxResults ?? 50, this.account.pageSize);
      const { items, next } = page(found, limit, input.NextToken, 'InvalidNextTokenException');
      return { ScalableTargets: items.map((target) => this.#described(target)), NextToken: next };
    },
    RegisterScalableTarget: (
      input: sdk.RegisterScalableTargetCommandInput,
    ): Answer<sdk.RegisterScalableTargetCommandOutput> => {
      const { ResourceId: resource = '' } = input;
      const namespace = namespaceOf(input.ServiceNamespace);
      const dimension = dimensions.find((known) => known === input.ScalableDimension);
      if (!dimension?.startsWith(`${namespace}:`)) {
        throw invalid(`Unsupported service namespace, resource type or scalable dimension: ${String(dimension)}`);
      }
      const known = this.#targets.get(keyOf({ resource, dimension }));
      const { MinCapacity: min = known?.min, MaxCapacity: max = known?.max } = input;
      if (min === undefined || max === undefined)
        throw invalid('MinCapacity and MaxCapacity are required for a new target');
      if (min > max) throw invalid('Maximum capacity cannot be less than minimum capacity');
      if (namespace === 'dynamodb' && !this.#serves(resource)) {
        throw invalid(`DynamoDB table does not exist: ${resource}`);
      }
      const target = { resource, dimension, min, max };
      this.add(target);
      return { ScalableTargetARN: this.#arnOf(target) };
    },
  };

  /** Adds a target, or replaces the one of that resource and dimension. */
  add(described: ScalableTarget): void {
    const target = scalableTargetSchema.parse(described);
    this.#targets.set(keyOf(target), target);
    this.#follow(target);
  }

  #serves(resource: string): boolean {
    const { control } = this.account.services.dynamodb;
    const parts = partsOf({ resource, dimension: 'dynamodb:table:ReadCapacityUnits' });
    if (!parts || !control.holds(parts.table)) return false;
    return parts.index === undefined || control.state(parts.table).indexes.has(parts.index);
  }

  /** Keeps a service within the bounds. */
  #followService({ resource, min, max }: ScalableTarget): void {
    const [, cluster = '', name = ''] = resource.split('/');
    const desired = this.account.services.ecs.find(`${cluster}/${name}`)?.desired;
    if (desired === undefined) return;
    const within = Math.min(max, Math.max(min, desired));
    if (within !== desired) this.account.services.ecs.setDesired(cluster, name, within);
  }

  /** Gives a table what its load wants, within the bounds, in the policy's time. */
  #follow(target: ScalableTarget): void {
    if (target.dimension === 'ecs:service:DesiredCount') {
      // Bounds are kept at once; more than that needs a policy.
      this.#followService(target);
      return;
    }
    this.account.clock.after(scalingTakes, () => {
      const parts = partsOf(target);
      const { control } = this.account.services.dynamodb;
      if (this.#targets.get(keyOf(target)) !== target || !parts || !control.holds(parts.table)) return;
      const state = control.state(parts.table);
      const served = parts.index === undefined ? state : state.indexes.get(parts.index);
      if (!served || state.billing !== 'provisioned') return;
      const now = served.capacity[parts.side];
      const wanted = Math.max(now, Math.ceil(served.load[parts.side] / share));
      const units = Math.min(target.max, Math.max(target.min, wanted));
      if (units !== now) control.scale(parts.table, parts.index, { ...served.capacity, [parts.side]: units });
    });
  }

  #described(target: ScalableTarget): sdk.ScalableTarget {
    return {
      ServiceNamespace: namespaceOf(target.dimension.split(':')[0]),
      ResourceId: target.resource,
      ScalableDimension: target.dimension,
      MinCapacity: target.min,
      MaxCapacity: target.max,
      RoleARN: `arn:aws:iam::${this.account.id}:role/aws-service-role/autoscaling`,
      CreationTime: new Date(this.account.clock.now()),
      SuspendedState: {
        DynamicScalingInSuspended: false,
        DynamicScalingOutSuspended: false,
        ScheduledScalingSuspended: false,
      },
      ScalableTargetARN: this.#arnOf(target),
    };
  }

  #arnOf(target: ScalableTarget): string {
    const place = [...this.#targets.keys()].indexOf(keyOf(target)) + 1;
    return this.account.arn('application-autoscaling', `scalable-target/0ec5${place.toString(16).padStart(28, '0')}`);
  }
}

function keyOf({ resource, dimension }: Pick<ScalableTarget, 'resource' | 'dimension'>): string {
  return `${dimension} ${resource}`;
}

/** Which units of which table a target is about; undefined for one of a cluster. */
function partsOf({ resource, dimension }: Pick<ScalableTarget, 'resource' | 'dimension'>) {
  const [, table, index] = /^table\/([^/]+)(?:\/index\/([^/]+))?$/.exec(resource) ?? [];
  if (table === undefined || !dimension.startsWith('dynamodb:')) return undefined;
  return { table, index, side: dimension.includes(':Read') ? ('read' as const) : ('write' as const) };
}

function namespaceOf(given: string | undefined): 'dynamodb' | 'ecs' | 'elasticache' | 'rds' {
  if (given === 'dynamodb' || given === 'ecs' || given === 'elasticache' || given === 'rds') return given;
  throw new Refusal('NotSimulated', `The simulated Application Auto Scaling does not know ${String(given)}.`, 501);
}

function invalid(message: string): Refusal {
  return new Refusal('ValidationException', message);
}
