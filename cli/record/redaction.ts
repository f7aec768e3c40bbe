import { sources } from '../../signals';
import type { JsonObject } from '../../signals/plain-json';
import { optInTag, protectTag } from '../../statemachines/guards/consent';
import { isResourceKind } from '../../signals/resource-id';
import { functionAlias, subjects } from '../../signals/cloudwatch-alarm/subjects';
import { withAskedField } from './asked-field';
import { detailKept, envelopeKept } from './kept-fields';
import { keptFields } from './kept-value';
import type { PolicyNeeds } from './policy-needs';
import { resourceName } from './resource-names';
import type { StandIns } from './stand-ins';

/** A metric, as an alarm names it. */
export interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** Tags of Homeostat's own: they decide. */
const ownTags: readonly string[] = [optInTag.key, protectTag, 'homeostat:resource', 'homeostat:condition'];

/** Ids of two parts, and what stands between these: each is a name that may stand alone elsewhere. */
const inTwoParts: ReadonlyMap<string, string> = new Map([
  ['function-alias', ':'],
  ['ecs-service', '/'],
  ['ecs-task', '/'],
  ['container-instance', '/'],
]);

/**
 * Takes out of events and descriptions what nobody needs for a replay. It keeps what is listed and nothing else, so that
 * a field that AWS adds tomorrow is left out, too.
 */
export class Redaction {
  constructor(
    readonly standIns: StandIns,
    private readonly needs: PolicyNeeds,
  ) {}

  /** The event as it may be written; undefined for one that no source and no mapping of the policy reads. */
  event(event: JsonObject): JsonObject | undefined {
    const source = sources.find(
      ({ pattern }) =>
        pattern.source.includes(String(event['source'])) &&
        pattern['detail-type'].includes(String(event['detail-type'])),
    );
    const asked = this.needs.fieldsOf(event);
    if (!source && asked.length === 0) return undefined;
    const kept = {
      ...keptFields(event, envelopeKept, this),
      detail: source ? keptFields(event['detail'], detailKept[source.name] ?? {}, this) : {},
    };
    return asked.reduce<JsonObject>((whole, field) => withAskedField(whole, event, field, this), kept);
  }

  /** What names a resource, an ARN or not. */
  name(text: string): string {
    return resourceName(text, this.standIns);
  }

  /** The id of a resource of that kind: part by part, where it has two. */
  id(kind: string, text: string): string {
    const between = inTwoParts.get(kind);
    if (between === undefined) return this.name(text);
    const parts = text.split(between);
    // What is no such id is not taken apart: each part of a secret may look harmless.
    return parts.length === 2 ? parts.map((part) => this.name(part)).join(between) : this.name(text);
  }

  /** Where a person is reached: an address, a number, a URL. Nothing of it is kept. */
  address(text: string): string {
    return `redacted-${this.standIns.digest(`address-of/${text}`, 8)}`;
  }

  /** The same of what may be absent. */
  ifNamed(text: string | undefined): string | undefined {
    return text === undefined || text === '' ? undefined : this.name(text);
  }

  /** A runbook: one that the policy starts is called as the policy calls it. */
  runbook(name: string): string {
    const isAsked = this.needs.runbooks.some(({ document }) => document === name);
    return isAsked ? this.standIns.text(name) : this.standIns.name(name);
  }

  /** A metric: of AWS's own the names are kept. */
  metric({ namespace, name, dimensions }: Metric): Metric {
    const ofAws = /^AWS\/[A-Za-z0-9]+$/.test(namespace);
    return {
      namespace: ofAws ? namespace : this.standIns.name(namespace),
      name: ofAws && /^\w{1,100}$/.test(name) ? name : this.standIns.name(name),
      dimensions: this.dimensions(dimensions, ofAws),
    };
  }

  /** Dimensions of a metric, of AWS's own or of somebody else's. */
  dimensions(dimensions: Readonly<Record<string, string>>, ofAws: boolean): Readonly<Record<string, string>> {
    return Object.fromEntries(
      Object.entries(dimensions).map(([key, value]) => [
        (ofAws && /^\w{1,50}$/.test(key)) || namesResource(key) ? key : this.standIns.name(key),
        key === functionAlias.dimension ? this.id(functionAlias.kind, value) : this.name(value),
      ]),
    );
  }

  /** The tags that decide something: Homeostat's own, and those that the policy asks for. */
  tags(tags: Iterable<readonly [key: string, value: string]>): Readonly<Record<string, string>> {
    const kept = [...tags].flatMap(([key, value]): [string, string][] => {
      if (ownTags.includes(key)) return [[key, this.ownTagValue(key, value)]];
      return this.needs.tagKeys.has(key) ? [[key, this.standIns.text(value)]] : [];
    });
    return Object.fromEntries(kept);
  }

  private ownTagValue(key: string, value: string): string {
    // Any value protects, and why somebody does is nobody's business.
    if (key === protectTag) return 'yes';
    const [kind = '', ...id] = value.split('/');
    if (isResourceKind(kind) && id.length > 0) return `${kind}/${this.id(kind, id.join('/'))}`;
    return /^[a-z][a-z0-9-]{0,62}$/.test(value) ? value : 'redacted';
  }
}

const namesResource = (dimension: string): boolean => subjects.some((subject) => subject.dimension === dimension);
