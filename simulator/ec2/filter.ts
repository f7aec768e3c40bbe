import type { Filter, TagDescription } from '@aws-sdk/client-ec2';
import type { Instance } from './instance';
import type { Subnet } from './network';
import { Refusal } from '../refusal';

/** What a filter of that name looks at; undefined where there is no such filter. */
export type Looks<Item> = (name: string) => ((item: Item) => readonly (string | undefined)[]) | undefined;

/** EC2's filters: all of them must fit, each by one of its values, in which `*` and `?` stand for anything. */
export function matching<Item>(
  items: readonly Item[],
  filters: readonly Filter[] | undefined,
  looks: Looks<Item>,
): readonly Item[] {
  let left = items;
  for (const { Name: name = '', Values: values = [] } of filters ?? []) {
    const look = looks(name);
    if (!look) throw new Refusal('InvalidParameterValue', `The filter '${name}' is invalid`);
    const patterns = values.map(pattern);
    left = left.filter((item) => look(item).some((value) => patterns.some((fits) => fits(value ?? ''))));
  }
  return left;
}

function pattern(value: string): (text: string) => boolean {
  if (!/[*?]/.test(value)) return (text) => text === value;
  const escaped = value.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  const expression = new RegExp(`^${escaped.replace(/\*/g, '.*').replace(/\?/g, '.')}$`);
  return (text) => expression.test(text);
}

const plainLooks: Partial<Record<string, (instance: Instance) => readonly (string | undefined)[]>> = {
  'instance-id': ({ id }) => [id],
  'instance-state-name': ({ power }) => [power],
  'instance-type': ({ type }) => [type],
  'availability-zone': ({ zone }) => [zone],
  'subnet-id': ({ subnet }) => [subnet],
  'private-ip-address': ({ privateAddress }) => [privateAddress],
  'tag-key': ({ tags }) => [...tags.keys()],
  'event.code': ({ retirement }) => (retirement ? ['instance-retirement'] : []),
};

export const instanceLooks: Looks<Instance> = (name) =>
  name.startsWith('tag:') ? ({ tags }) => (tags.has(name.slice(4)) ? [tags.get(name.slice(4))] : []) : plainLooks[name];

const subnetFields: Partial<Record<string, (subnet: Subnet) => readonly string[]>> = {
  'subnet-id': ({ id }) => [id],
  'availability-zone': ({ zone }) => [zone],
};

const tagFields: Partial<Record<string, (tag: TagDescription) => readonly (string | undefined)[]>> = {
  'resource-id': ({ ResourceId }) => [ResourceId],
  'resource-type': ({ ResourceType }) => [ResourceType],
  key: ({ Key }) => [Key],
  value: ({ Value }) => [Value],
};

export const subnetLooks: Looks<Subnet> = (name) => subnetFields[name];
export const tagLooks: Looks<TagDescription> = (name) => tagFields[name];
