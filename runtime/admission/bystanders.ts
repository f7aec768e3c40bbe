import { resourceKey, type Place, type Resource } from '../../signals/signal';
import type { Bystander } from '../../statemachines/guards/facts';
import type { Action, Calls } from '../../vitals/aws';
import type { Surroundings } from '../surroundings';

/** What a plan would touch and all groups that this is in, as they stand now. */
export interface Neighbourhood {
  readonly bystanders: readonly Bystander[];
  /** Where each of what is touched stands. */
  readonly places: readonly (Place & { readonly resource: Resource })[];
}

/**
 * Looks at everything that a plan would touch, and at the groups that this is in: those that AWS tells of, and the plan's own.
 * Throws when any of it cannot be read: then nothing of it is known well enough to be touched.
 */
export async function readNeighbourhood(
  touches: readonly Resource[],
  planGroup: Resource | undefined,
  aws: Calls<Action>,
  { vitals }: Pick<Surroundings, 'vitals'>,
): Promise<Neighbourhood> {
  const touched = distinct(touches);
  const places = await Promise.all(
    touched.map(async (resource) => ({ ...(await vitalsFor(resource, vitals).place(resource, aws)), resource })),
  );
  const isTouched = new Set(touched.map(resourceKey));
  const groups = distinct([...places.flatMap((place) => place.groups), ...(planGroup ? [planGroup] : [])]).filter(
    (group) => !isTouched.has(resourceKey(group)),
  );
  const bystanders = await Promise.all([
    ...places.map(async ({ resource, zone }) => ({
      ...(await look(resource, aws, vitals)),
      touched: true,
      ...(zone !== undefined && { zone }),
    })),
    ...groups.map(async (group) => ({ ...(await look(group, aws, vitals)), touched: false })),
  ]);
  return { bystanders, places };
}

async function look(
  resource: Resource,
  aws: Calls<Action>,
  vitals: Surroundings['vitals'],
): Promise<Omit<Bystander, 'touched'>> {
  const own = vitalsFor(resource, vitals);
  const [tags, members, busy] = await Promise.all([
    own.tags(resource, aws),
    own.members?.(resource, aws),
    own.busy?.(resource, aws),
  ]);
  return { resource, tags, ...(members && { members }), ...(busy !== undefined && { busy }) };
}

function vitalsFor(resource: Resource, vitals: Surroundings['vitals']) {
  const own = vitals.get(resource.kind);
  if (own) return own;
  throw new Error(`nothing reads the tags of ${resource.kind} ${resource.id}, nor where it stands`);
}

function distinct(resources: readonly Resource[]): readonly Resource[] {
  return [...new Map(resources.map((resource) => [resourceKey(resource), resource])).values()];
}
