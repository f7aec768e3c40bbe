import { policyJsonSchema } from '../../../statemachines/policy/schema';
import { readPolicy } from '../../../statemachines/policy';
import { guards } from '../../../statemachines/guards';
import type { GuardName } from '../../../statemachines/guards/names';
import { facts, policyYaml } from './policy-yaml';

// A list of its own, so that a test can take a guard out of it.
jest.mock('../../../statemachines/guards', () => {
  const { guards: all } = jest.requireActual<typeof import('../../../statemachines/guards')>(
    '../../../statemachines/guards',
  );
  return { guards: [...all] };
});

type Schema = { readonly properties?: Readonly<Record<string, Schema>>; readonly items?: Schema };

/** Dotted names of all single settings in a part of the schema. */
function settingsIn(schema: Schema | undefined, name: string): readonly string[] {
  if (!schema?.properties) return [name];
  return Object.entries(schema.properties).flatMap(([key, value]) => settingsIn(value, `${name}.${key}`));
}

const schema = policyJsonSchema(facts.remediations) as Schema;
const settings = [
  ...settingsIn(schema.properties?.['limits'], 'limits'),
  ...settingsIn(schema.properties?.['rules']?.items?.properties?.['limits'], 'limits'),
];

/** What a policy that names a limit is told when these guards are not there. */
function faultsWithout(names: readonly GuardName[], yaml: string): readonly string[] {
  const list = guards as unknown as { name: GuardName }[];
  const all = [...list];
  list.splice(0, list.length, ...all.filter(({ name }) => !names.includes(name)));
  try {
    const reading = readPolicy(yaml, facts);
    return reading.kind === 'errors' ? reading.errors.map(({ message }) => message) : [];
  } finally {
    list.splice(0, list.length, ...all);
  }
}

describe('every limit that a policy can set', () => {
  it('is enforced by a guard, or by the machine', () => {
    const enforced = [...guards.flatMap(({ enforces }) => enforces), 'limits.attempts', 'limits.recursWithin'];
    const free = settings.filter((name) => !enforced.some((one) => name === one || name.startsWith(`${one}.`)));
    expect(settings.length).toBeGreaterThan(10);
    expect(free).toEqual([]);
  });

  it.each<[GuardName, string, string]>([
    ['at-once', policyYaml({ rule: { limits: '{ atOnce: 2 }' } }), 'limits.atOnce'],
    ['at-once', policyYaml({ limits: '{ account: { atOnce: 2 } }' }), 'limits.account.atOnce'],
    ['per-hour', policyYaml({ defaults: '{ limits: { perHour: 2 } }' }), 'limits.perHour'],
    ['per-hour', policyYaml({ limits: '{ group: { perHour: 2 } }' }), 'limits.group.perHour'],
    ['min-healthy', policyYaml({ rule: { limits: '{ minHealthy: 2 }' } }), 'limits.minHealthy'],
    ['backoff', policyYaml({ rule: { limits: '{ backoff: 2m }' } }), 'limits.backoff'],
    ['storm', policyYaml({ limits: '{ storm: { zone: 3 } }' }), 'limits.storm.zone'],
  ])('makes a policy that names it unsound when nothing enforces it: without guard %s', (guard, yaml, setting) => {
    expect(faultsWithout([guard], yaml)).toContain(`nothing enforces ${setting}: take it out`);
    expect(faultsWithout([], yaml)).toEqual([]);
  });
});
