import { remediations } from '../../remediations';
import type { Remediation } from '../../remediations/remediation';
import { scenarios } from '../remediations/scenarios';
import { account, region } from './policies';
import { listed, ofType, statementsOf, synthesise, type Synthesised } from './synthesised';

jest.mock('../../remediations/index', () => {
  const real = jest.requireActual<{ readonly remediations: readonly Remediation[] }>('../../remediations/index');
  return { remediations: multiplied(real.remediations) };
});

/** What IAM and CloudFormation take, unless one asks for more. White space does not count with IAM. */
const most = { managedPolicy: 6_144, inlineOfRole: 10_240, policiesOfRole: 10, trust: 2_048, resources: 500 };

/** As many again that do something else in the same systems, and twice as many in systems that there are not. */
function multiplied(all: readonly Remediation[]): readonly Remediation[] {
  return [
    ...all,
    ...all.map((one) => altered(one, 'more', (action) => action.replace(/:([A-Z][a-z]+)/, ':$1Further'))),
    ...['b', 'c'].flatMap((letter) =>
      all.map((one) => altered(one, letter, (action) => action.replace(':', `${letter}:`))),
    ),
  ];
}

function altered(of: Remediation, ending: string, change: (action: string) => string): Remediation {
  const { read, write, implied = [] } = of.permissions;
  const changed = <P extends { readonly action: string }>(all: readonly P[]): readonly P[] =>
    all.map((one) => ({ ...one, action: change(one.action) }));
  const permissions = { read: read.map(change), write: changed(write), implied: changed(implied) };
  return { ...of, name: `${of.name}-${ending}`, permissions } as unknown as Remediation;
}

const policy = `
mode: act
rules: ${JSON.stringify(
  remediations.map(({ name, heals, takes, snapshots }, place) => {
    const scenario = scenarios.find(({ remediation }) => name.startsWith(remediation));
    const condition = heals[0] === '*' ? 'db-overloaded' : (scenario?.condition ?? heals[0]);
    return {
      name: `rule-${place + 1}`,
      on: [condition],
      where: { tags: { place: String(place + 1), kind: takes[0] } },
      // With leave for snapshots, wherever one can be made.
      try: [{ [name]: { ...scenario?.parameters, ...(typeof snapshots === 'object' && { snapshotFirst: true }) } }],
      escalate: ['oncall'],
    };
  }),
)}
contacts: { oncall: { topic: 'arn:aws:sns:${region}:${account}:oncall' } }
`;

/** With partition, region and name as long as they can be. */
function lengthOf(document: unknown): number {
  const text = JSON.stringify(document).replaceAll('arn:aws:', 'arn:aws-us-gov:').replaceAll(region, 'ap-southeast-1');
  return text.replaceAll('"homeostat', `"${'h'.repeat(24)}`).replace(/\s/g, '').length;
}

describe(`a policy that starts ${remediations.length} remediations`, () => {
  let all: readonly Synthesised[];
  beforeAll(() => {
    all = synthesise(policy);
  });

  it('is more than there are now, and all of them have a role', () => {
    expect(remediations.length).toBeGreaterThan(70);
    const names = ofType(all, 'AWS::IAM::Role').map(({ properties }) => String(properties.RoleName));
    expect(names).toEqual(expect.arrayContaining(remediations.map(({ name }) => `homeostat-${region}-${name}`)));
  });

  it('has managed policies that are no longer than IAM takes', () => {
    const lengths = ofType(all, 'AWS::IAM::ManagedPolicy').map(
      ({ id, properties }) => [id, lengthOf(properties.PolicyDocument)] as const,
    );
    expect(lengths.filter(([, length]) => length > most.managedPolicy)).toEqual([]);
  });

  it('has roles with no more policies than IAM takes, within and without', () => {
    for (const { id, properties } of ofType(all, 'AWS::IAM::Role')) {
      const inline = lengthOf(properties.Policies ?? []);
      const attached = ofType(all, 'AWS::IAM::ManagedPolicy').filter((one) =>
        listed(one.properties.Roles as string[] | undefined).includes(`<${id}>`),
      );
      const trust = lengthOf(properties.AssumeRolePolicyDocument);
      expect([id, inline <= most.inlineOfRole, attached.length <= most.policiesOfRole, trust <= most.trust]).toEqual([
        id,
        true,
        true,
        true,
      ]);
    }
  });

  it('names each role that the functions may put on, and no pattern of them', () => {
    const worn = ofType(all, 'AWS::IAM::ManagedPolicy')
      .flatMap(({ properties }) => statementsOf(properties.PolicyDocument))
      .filter(({ Effect, Action }) => Effect === 'Allow' && listed(Action).includes('sts:AssumeRole'))
      .flatMap(({ Resource }) => listed(Resource));
    const role = (name: string): string => `arn:aws:iam::${account}:role/homeostat-${region}-${name}`;
    expect([...worn].sort()).toEqual(['reader', ...remediations.map(({ name }) => name)].map(role).sort());
  });

  it('is a stack that CloudFormation takes', () => {
    expect(all.length).toBeLessThan(most.resources);
  });
});
