import { alarmCondition, type Metric } from './alarm-conditions';
import { type Subject, subjects } from './subjects';
import { conditionName } from '../conditions';
import { plainText } from '../plain-text';
import { isResourceKind, resourceOf } from '../resource-id';
import type { Resource, ResourceKind } from '../signal';

/** `kind/id` of the resource that an alarm is about, as a tag of the alarm. */
const resourceTag = 'homeostat:resource';
/** Condition that an alarm tells of, as a tag of the alarm. */
const conditionTag = 'homeostat:condition';

/** As much of an alarm as says what it is about. */
export interface Alarm {
  readonly name: string;
  /** Account and region that it stands in. */
  readonly owner: Pick<Resource, 'account' | 'region'>;
  readonly metrics: readonly AlarmMetric[];
  /** Whether it compares with a learnt band: then it says that something is unusual, not that it is bad. */
  readonly anomaly: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

export interface AlarmMetric extends Metric {
  /** Account that the metric comes from, where that is not the alarm's. */
  readonly account?: string | undefined;
}

/** Who is sick, and of what; or why the alarm doesn't say, and what its operator can do about that. */
export type Diagnosis =
  | { readonly kind: 'diagnosis'; readonly resource: Resource; readonly condition: string }
  | { readonly kind: 'unclear'; readonly reason: string };

/** Reads what an alarm is about from its tags, and what they leave open from its metrics. */
export function diagnose(alarm: Alarm): Diagnosis {
  const tags = new Map(Object.entries(alarm.tags));
  const about = taggedResource(tags.get(resourceTag), alarm) ?? measuredResource(alarm);
  if (about.kind === 'unclear') return about;
  const condition = taggedCondition(tags.get(conditionTag), alarm) ?? measuredCondition(alarm, about.resource);
  if (condition.kind === 'unclear') return condition;
  return { kind: 'diagnosis', resource: about.resource, condition: condition.condition };
}

type About = { readonly kind: 'about'; readonly resource: Resource };
type Named = { readonly kind: 'named'; readonly condition: string };
type Unclear = Extract<Diagnosis, { readonly kind: 'unclear' }>;

function unclear(alarm: Alarm, reason: string): Unclear {
  return { kind: 'unclear', reason: `alarm ${plainText(alarm.name, 50)} ${reason}` };
}

function taggedResource(tag: string | undefined, alarm: Alarm): About | Unclear | undefined {
  if (tag === undefined) return undefined;
  const slash = tag.indexOf('/');
  const kind = tag.slice(0, slash);
  const resource = isResourceKind(kind) ? resourceOf(kind, tag.slice(slash + 1), alarm.owner) : undefined;
  if (resource) return { kind: 'about', resource };
  return unclear(
    alarm,
    `has the tag ${resourceTag} with no "kind/id" of its account and region: ${plainText(tag, 40)}`,
  );
}

/** The one resource that all its metrics name. A metric that names none, or another, leaves it open. */
function measuredResource(alarm: Alarm): About | Unclear {
  const measured = alarm.metrics.map((metric) => {
    const subject = subjects.find((one) => isNamedBy(one, metric));
    const value = subject && idOf(subject, metric);
    if (!subject || value === undefined) return undefined;
    const owner = { ...alarm.owner, account: metric.account ?? alarm.owner.account };
    const ending = endingOf(subject.kind, value);
    const id =
      ending === undefined
        ? value
        : `arn:${partitionOf(owner.region)}:elasticloadbalancing:${owner.region}:${owner.account}:${ending}`;
    return resourceOf(subject.kind, id, owner);
  });
  const [first, ...rest] = measured;
  const same = rest.every((other) => other?.id === first?.id && other?.account === first?.account);
  if (first && same) return { kind: 'about', resource: first };
  return unclear(alarm, `names no one resource: tag it ${resourceTag} (kind/id) and ${conditionTag}, or map it`);
}

function isNamedBy({ dimension, named }: Subject, { dimensions }: Metric): boolean {
  const value = dimensions.get(dimension);
  return value !== undefined && (named?.test(value) ?? true);
}

/** What the metric calls it; undefined where the dimension is missing in which its name is unique. */
function idOf({ dimension, within }: Subject, { dimensions }: Metric): string | undefined {
  const name = dimensions.get(dimension);
  if (within === undefined) return name;
  const around = dimensions.get(within);
  return around === undefined || name === undefined ? undefined : `${around}/${name}`;
}

/** How the ARN ends of a resource that is known by its ARN, and that metrics name by a part of it; undefined of any other. */
function endingOf(kind: ResourceKind, value: string): string | undefined {
  if (kind === 'target-group') return value;
  return kind === 'load-balancer' ? `loadbalancer/${value}` : undefined;
}

function taggedCondition(tag: string | undefined, alarm: Alarm): Named | Unclear | undefined {
  if (tag === undefined) return undefined;
  const condition = conditionName.safeParse(tag);
  if (condition.success) return { kind: 'named', condition: condition.data };
  return unclear(alarm, `has the tag ${conditionTag} with no name in kebab-case: ${plainText(tag, 40)}`);
}

/** The one condition that its metrics tell of; the others of a formula, such as a count of requests, only scale it. */
function measuredCondition(alarm: Alarm, resource: Resource): Named | Unclear {
  const known = new Set(alarm.metrics.map(alarmCondition).filter((condition) => condition !== undefined));
  const [condition, ...others] = known;
  if (condition !== undefined && others.length === 0 && !alarm.anomaly) return { kind: 'named', condition };
  const [metric] = alarm.metrics;
  const what = alarm.anomaly
    ? 'tells of the unusual, not of the bad'
    : `on ${metric ? plainText(`${metric.namespace} ${metric.name}`, 40) : 'a formula'} tells of no known condition`;
  return unclear(alarm, `${what}: to act on ${plainText(resource.id, 30)}, tag it ${conditionTag}, or map it`);
}

/** The part of AWS that a region belongs to, as ARNs name it. */
export function partitionOf(region: string): string {
  const partitions = { 'cn-': 'aws-cn', 'us-gov-': 'aws-us-gov', 'us-isob-': 'aws-iso-b', 'us-iso-': 'aws-iso' };
  return Object.entries(partitions).find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'aws';
}
