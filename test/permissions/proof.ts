import { optInTag, protectTag } from '../../statemachines/guards/consent';
import { hasWordOf, mayDo, optedIn, type Circumstances, type Tags } from './decision';
import { knowsTags, onlyLooks, takesNoResource } from './iam-facts';
import { type NeverCalls, neverCalls, neverPassed, requestsFor } from './never-calls';
import { account, type IamRequest, region, requestsOf } from './requests';
import { reader, type SeenCall } from './seen-calls';
import type { PolicyDocument, PolicyStatement, SynthesisedRole } from './synthesised-roles';

/** Roles by their names; each function here answers what is wrong with them, and nothing when all is as it should be. */
export type Roles = ReadonlyMap<string, SynthesisedRole>;
type Findings = Promise<readonly string[]>;

/** A seen call as IAM is asked about it. */
export interface SeenRequest {
  readonly by: string;
  readonly call: SeenCall;
  readonly request: IamRequest;
}

export const prefix = `homeostat-${region}-`;

/** Every question that the seen calls put to IAM. */
export async function requestsIn(seen: readonly SeenCall[]): Promise<readonly SeenRequest[]> {
  const all = await Promise.all(
    seen.map(async (call) => (await requestsOf(call)).map((request) => ({ by: call.by, call, request }))),
  );
  return [...new Map(all.flat().map((one) => [JSON.stringify([one.by, one.request]), one])).values()];
}

export function roleOf(roles: Roles, by: string): SynthesisedRole {
  const role = roles.get(`${prefix}${by}`);
  if (!role) throw new Error(`there is no role ${prefix}${by} among ${[...roles.keys()].join(', ')}`);
  return role;
}

const isWrite = async ({ request }: SeenRequest): Promise<boolean> => !(await onlyLooks(request.action));

async function filtered<T>(all: readonly T[], keep: (one: T) => Promise<boolean>): Promise<readonly T[]> {
  const kept = await Promise.all(all.map(keep));
  return all.filter((_one, place) => kept[place]);
}

/** Calls that are made and that IAM would refuse, though the owner of the resource has opted in. */
export async function refusedCalls(roles: Roles, seen: readonly SeenRequest[]): Findings {
  const refused = await filtered(seen, async ({ by, request }) => !(await mayDo(roleOf(roles, by), request)));
  return refused.map(({ by, request }) => `${by} may not ${told(request)}`);
}

/** Writes that IAM would let through on a resource whose owner has not opted in. */
export async function unconsentedWrites(
  roles: Roles,
  seen: readonly SeenRequest[],
  exempt: (request: IamRequest) => Promise<boolean>,
): Findings {
  const asking = await filtered(await writesIn(seen), async ({ request }) => !(await exempt(request)));
  const unasked: readonly (readonly [string, Tags])[] = [
    ['without tags', {}],
    ['with the opt-in tag saying no', { [optInTag.key]: 'no' }],
    ['with the opt-in tag saying it louder', { [optInTag.key]: optInTag.value.toUpperCase() }],
  ];
  return allowedWith(roles, asking, unasked);
}

/** Writes that IAM would let through on a protected resource; of all that AWS can tell the tags of. */
export async function writesOnProtected(roles: Roles, seen: readonly SeenRequest[]): Findings {
  const taggable = await filtered(await writesIn(seen), ({ request }) => knowsTags(request.action, request.resource));
  return allowedWith(
    roles,
    taggable,
    ['yes', 'no', ''].map((value) => [`protected by "${value}"`, { ...optedIn, [protectTag]: value }] as const),
  );
}

const writesIn = (seen: readonly SeenRequest[]): Promise<readonly SeenRequest[]> => filtered(seen, isWrite);

async function allowedWith(
  roles: Roles,
  seen: readonly SeenRequest[],
  situations: readonly (readonly [string, Tags])[],
): Findings {
  const findings = await Promise.all(
    seen.flatMap(({ by, request }) =>
      situations.map(async ([situation, tags]) =>
        (await mayDo(roleOf(roles, by), request, { tags })) ? [`${by} may ${told(request)} ${situation}`] : [],
      ),
    ),
  );
  return findings.flat();
}

/** Writes that would reach another account or region than the policy takes care of. */
export async function distantWrites(roles: Roles, seen: readonly SeenRequest[]): Findings {
  const moved = (await writesIn(seen)).flatMap(({ by, request }) =>
    [request.resource.replace(`:${account}:`, ':999999999999:'), request.resource.replace(`:${region}:`, ':us-east-1:')]
      .filter((resource) => resource !== request.resource)
      .map((resource) => ({ by, request: { ...request, resource } })),
  );
  const allowed = await filtered(moved, ({ by, request }) => mayDo(roleOf(roles, by), request));
  return allowed.map(({ by, request }) => `${by} may ${told(request)}`);
}

/** Writes that a role may make and that are those of another remediation. */
export async function borrowedWrites(roles: Roles, seen: readonly SeenRequest[]): Findings {
  const writes = await writesIn(seen);
  const ownActions = (by: string): readonly string[] =>
    writes.filter((one) => one.by === by).map(({ request }) => request.action);
  const findings = await Promise.all(
    [...roles.values()].map(async (role) => {
      const own = ownActions(role.name.slice(prefix.length));
      const others = writes.filter(({ request }) => !own.includes(request.action));
      const allowed = await filtered(others, ({ request }) => mayDo(role, request));
      return allowed.map(({ request }) => `${role.name} may ${told(request)}`);
    }),
  );
  return findings.flat();
}

interface Never extends Pick<NeverCalls, 'beyondBoundary' | 'but'> {
  readonly request: IamRequest;
}

/** Never-calls that a role may make, or could make if somebody gave it more. */
export async function possibleNeverCalls(roles: Roles): Findings {
  const never = (
    await Promise.all(
      neverCalls.map(async (one) => (await requestsFor(one)).map((request): Never => ({ ...one, request }))),
    )
  ).flat();
  const all = [...never, ...neverPassed.map((request): Never => ({ request }))];
  const findings: string[] = [];
  // What a boundary stops it stops for every role, so that each boundary is asked about the long list only once.
  const leaks = new Map<string, readonly Never[]>();
  for (const role of roles.values()) {
    const most = promoted(role);
    const boundary = JSON.stringify(role.boundary);
    const leak = leaks.get(boundary) ?? (most ? await filtered(all, ({ request }) => mayDo(most, request)) : all);
    if (most && !leaks.has(boundary)) {
      const leaked = leak.filter(({ beyondBoundary }) => !beyondBoundary);
      findings.push(...leaked.map(({ request }) => `the boundary of ${role.name} lets it ${told(request)}`));
    }
    leaks.set(boundary, leak);
    const ruled = leak.filter(({ but = [] }) => !but.some((name) => role.name === `${prefix}${name}`));
    const allowed = await filtered(ruled, ({ request }) => mayDo(role, request));
    findings.push(...allowed.map(({ request }) => `${role.name} may ${told(request)}`));
  }
  return findings;
}

/** What a role could do at most: as if somebody had made it an administrator. Undefined of one without a boundary. */
function promoted(role: SynthesisedRole): SynthesisedRole | undefined {
  const everything: PolicyDocument = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
  };
  return role.boundary && { ...role, policies: [everything] };
}

/** Leave to write that is not limited to resources, though AWS would let it be. */
export async function unlimitedWrites(roles: Roles): Findings {
  const findings: string[] = [];
  for (const { name, policies } of roles.values()) {
    for (const { Effect, Action, Resource, Condition, ...others } of policies.flatMap(({ Statement }) => Statement)) {
      if (Effect !== 'Allow') continue;
      if ('NotAction' in others || 'NotResource' in others) findings.push(`${name} is told what it may not`);
      if (
        !list(Resource).some(
          (resource) => tooWide.test(resource) && !isOwnBuckets(resource, Condition) && !ownTopics.test(resource),
        )
      )
        continue;
      for (const action of list(Action)) {
        const narrow = !action.includes('*') && ((await onlyLooks(action)) || (await takesNoResource(action)));
        if (!narrow) findings.push(`${name} may ${action} on ${list(Resource).join(', ')}`);
      }
    }
  }
  return findings;
}

/** All topics of one account and region: their ARNs have no kind of resource in them. */
const ownTopics = /^arn:[^:*]+:sns:[^:*]+:\d+:\*$/;

/** `*`, or an ARN that leaves service, account or the kind of resource open. */
const tooWide = /^(\*|arn:[^:]*:\*:.*|arn:[^:]*:[^:]*:[^:]*:[^:]*\*[^:]*:.*|arn:(?:[^:]*:){4}\*.*)$/;

/** All buckets of the account: no account stands in their ARNs, and nothing before their names, so a condition has to hold it. */
function isOwnBuckets(resource: string, condition: PolicyStatement['Condition']): boolean {
  const asked = condition?.['StringEquals']?.['aws:ResourceAccount'];
  return /^arn:[^:]*:s3:::\*$/.test(resource) && asked === '${aws:PrincipalAccount}';
}

const list = (given: string | readonly string[] | undefined): readonly string[] =>
  given === undefined ? [] : [given].flat();

/** Whoever can put on a role of a remediation, or the reader's, and is neither of the functions; and a function that cannot. */
export async function wrongWearers(roles: Roles, remediations: readonly string[]): Findings {
  const functions = ['worker', 'sweeper'].map((name) => roleOf(roles, name));
  const stranger: SynthesisedRole = {
    name: 'admin',
    arn: `arn:aws:iam::${account}:role/admin`,
    trust: { Version: '2012-10-17', Statement: [] },
    policies: [{ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }],
  };
  const findings: string[] = [];
  // Who has no leave of his own is let in by the word of the worn role alone: he is asked about once for all that say the same.
  const known = new Map<string, Promise<boolean>>();
  for (const worn of [reader, ...remediations].map((by) => roleOf(roles, by))) {
    for (const wearer of [...functions, ...roles.values(), stranger]) {
      const right = functions.includes(wearer);
      const asked = `${wearer.name} ${hasWordOf('sts:AssumeRole', wearer) ? worn.name : JSON.stringify(worn.trust)}`;
      const answer = known.get(asked) ?? mayWear(wearer, worn, 'inc-1');
      known.set(asked, answer);
      const may = await answer;
      if (may !== right) findings.push(`${wearer.name} may ${right ? 'not ' : ''}put on ${worn.name}`);
    }
  }
  return findings;
}

/** Whether a role may put on another, in a session of this name. */
export function mayWear(wearer: SynthesisedRole, worn: SynthesisedRole, session: string): Promise<boolean> {
  const request = { action: 'sts:AssumeRole', resource: worn.arn, context: { 'sts:RoleSessionName': session } };
  const circumstances: Circumstances = { tags: {}, resourcePolicy: worn.trust };
  return mayDo(wearer, request, circumstances);
}

const told = ({ action, resource }: IamRequest): string => `${action} on ${resource}`;
