import { remediations } from '../../remediations';
import { reasonNotToAsk } from './consent';
import { policyOfAll, type StackTemplate, synthesised } from './deployment';
import {
  borrowedWrites,
  distantWrites,
  mayWear,
  possibleNeverCalls,
  prefix,
  refusedCalls,
  requestsIn,
  roleOf,
  type Roles,
  type SeenRequest,
  unconsentedWrites,
  unlimitedWrites,
  writesOnProtected,
  wrongWearers,
} from './proof';
import { type Circumstances, mayDo } from './decision';
import {
  callsOfServices,
  callsOfServicesOfPage,
  forbiddenToFunctions,
  forbiddenToPage,
  ownCalls,
  pageCalls,
} from './own-calls';
import { knowsTags, onlyLooks } from './iam-facts';
import { account, type IamRequest } from './requests';
import { seenCalls } from './seen-calls';
import { refusedInSession, writesOnUntouched } from './sessions';
import { type PolicyDocument, type PolicyStatement, rolesIn, type SynthesisedRole } from './synthesised-roles';

// A synthesis takes seconds, more where others work.
jest.setTimeout(120_000);

const names = remediations.map(({ name }) => name);

let template: StackTemplate;
let roles: Roles;
let seen: readonly SeenRequest[];
beforeAll(async () => {
  template = synthesised(policyOfAll('act', true));
  roles = rolesIn(template);
  seen = await requestsIn(await seenCalls());
});

const unasked = async (action: string, resource: string): Promise<boolean> =>
  (await reasonNotToAsk(action, resource)) !== undefined;
const unconsented = (of: Roles) => unconsentedWrites(of, seen, ({ action, resource }) => unasked(action, resource));

describe('under a policy that starts everything', () => {
  test('there is a role for each remediation and one to look, all under a boundary', () => {
    const bounded = [...roles.values()].filter(({ boundary }) => boundary).map(({ name }) => name);
    expect(bounded.sort()).toEqual([...names, 'reader'].map((name) => `${prefix}${name}`).sort());
  });

  test('every call that was seen is allowed to the role that makes it', async () => {
    expect(await refusedCalls(roles, seen)).toEqual([]);
  });

  test('no write is allowed on a resource whose owner has not opted in', async () => {
    expect(await unconsented(roles)).toEqual([]);
  });

  test('no write is allowed on a protected resource', async () => {
    expect(await writesOnProtected(roles, seen)).toEqual([]);
  });

  test('no write is allowed in another account or region', async () => {
    expect(await distantWrites(roles, seen)).toEqual([]);
  });

  test('no role may make the writes of another', async () => {
    expect(await borrowedWrites(roles, seen)).toEqual([]);
  });

  test('no role may make a never-call, nor could one if somebody gave it more', async () => {
    expect(await possibleNeverCalls(roles)).toEqual([]);
  });

  test('no role has a write on everything', async () => {
    expect(await unlimitedWrites(roles)).toEqual([]);
  });

  test('only the two functions put on roles', async () => {
    expect(await wrongWearers(roles, names)).toEqual([]);
  });

  test('the functions may do what they do as themselves, and have leave for nothing else', async () => {
    const needed = [...Object.values(ownCalls).flat(), ...callsOfServices];
    for (const role of [roleOf(roles, 'worker'), roleOf(roles, 'sweeper')]) {
      expect(await refused(role, needed)).toEqual([]);
      const allowed = role.policies.flatMap(({ Statement }) => Statement).flatMap(({ Action }) => Action);
      expect(allowed.filter((action) => !needed.some((one) => one.action === action))).toEqual([]);
    }
  });

  test('the functions can neither set a hold nor end one', async () => {
    for (const role of [roleOf(roles, 'worker'), roleOf(roles, 'sweeper')]) {
      expect(await refused(role, forbiddenToFunctions)).toEqual(forbiddenToFunctions);
    }
  });

  test('the page may do what it does, and nothing else', async () => {
    const page = roleOf(roles, 'answer');
    const needed = [...Object.values(pageCalls).flat(), ...callsOfServicesOfPage];
    expect(await refused(page, needed)).toEqual([]);
    const allowed = page.policies.flatMap(({ Statement }) => Statement).flatMap(({ Action }) => Action);
    expect(allowed.filter((action) => !needed.some((one) => one.action === action))).toEqual([]);
    expect(await refused(page, forbiddenToPage)).toEqual(forbiddenToPage);
  });

  test('the page puts on no role, nor is there one that lets it', async () => {
    const page = roleOf(roles, 'answer');
    const others = [...roles.values()].filter(({ name }) => name !== page.name);
    const wearable = await Promise.all(others.map((role) => mayWear(page, role, 'inc-1')));
    expect(others.filter((_role, place) => wearable[place]).map(({ name }) => name)).toEqual([]);
  });

  test('every call that was seen is allowed in the session of its incident', async () => {
    expect(await refusedInSession(roles, seen)).toEqual([]);
  });

  test('a session of an incident writes to nothing but what its plan touches', async () => {
    // A key that a volume is under is in no plan, nor does an execution or a snapshot exist before it is begun. Others are named
    // by the role.
    const untouched = [
      'expand-ebs-volume: ec2:CreateSnapshot',
      'expand-ebs-volume: ec2:CreateTags',
      'restart-service-process: ec2:CreateSnapshots',
      'restart-service-process: ec2:CreateTags',
      'stop-start-instance: kms:CreateGrant',
      'stop-start-instance: ec2:CreateSnapshots',
      'stop-start-instance: ec2:CreateTags',
      'replace-instance: ec2:CreateSnapshots',
      'replace-instance: ec2:CreateTags',
      // The groups that a database is made with are changed by nothing; what it is made from is what the plan touches.
      'add-cluster-reader: rds:CreateDBInstance',
      'add-cluster-reader: kms:CreateGrant',
      'add-read-replica: rds:CreateDBInstanceReadReplica',
      'add-read-replica: kms:CreateGrant',
      'reboot-db-instance: kms:CreateGrant',
      'restore-db-to-point-in-time: rds:RestoreDBInstanceToPointInTime',
      'restore-db-to-point-in-time: kms:CreateGrant',
      'restore-db-to-point-in-time: rds:RestoreDBClusterToPointInTime',
      'restore-db-to-point-in-time: rds:CreateDBInstance',
      // The network interface that EFS makes for a mount target.
      'repair-mount-target: ec2:CreateNetworkInterface',
      'repair-mount-target: ec2:ModifyNetworkInterfaceAttribute',
      // Its ARN has an id that only AWS knows: the table, or the service, that it scales is what the plan touches.
      'raise-table-capacity: application-autoscaling:RegisterScalableTarget',
      'scale-out-service: application-autoscaling:RegisterScalableTarget',
      ...[
        'RegisterScalableTarget',
        'DeregisterScalableTarget',
        'PutScalingPolicy',
        'DeleteScalingPolicy',
        'PutScheduledAction',
        'DeleteScheduledAction',
      ].map((operation) => `raise-global-table-writes: application-autoscaling:${operation}`),
      // The deployment is of the service that the plan touches.
      'rollback-service-deployment: ecs:StopServiceDeployment',
      // The global database, which is in no region; of its clusters only the one that the plan touches.
      'switch-global-database: rds:SwitchoverGlobalCluster',
      'switch-global-database: rds:FailoverGlobalCluster',
      // The vault, which gets one backup more, and the recovery point, which is only read: neither is touched.
      'retry-backup-job: backup:StartBackupJob',
      'restore-from-recovery-point: backup:StartRestoreJob',
      // The role is passed on, and not changed.
      'restore-log-delivery: iam:PassRole',
      'restore-log-delivery: logs:PutSubscriptionFilter',
      'run-ssm-automation: ssm:StartAutomationExecution',
      'run-ssm-automation: ssm:AddTagsToResource',
    ];
    expect([...(await writesOnUntouched(roles, seen))].sort()).toEqual(untouched.sort());
  });

  test('a session that writes is named after its incident', async () => {
    const worker = roleOf(roles, 'worker');
    for (const name of names) expect(await mayWear(worker, roleOf(roles, name), 'somebody')).toBe(false);
  });
});

/** Requests that IAM refuses a role. */
async function refused(role: SynthesisedRole, requests: readonly IamRequest[]): Promise<readonly IamRequest[]> {
  const allowed = await Promise.all(requests.map((request) => mayDo(role, request, circumstancesOf(request))));
  return requests.filter((_request, place) => !allowed[place]);
}

/** A role is put on by its own word as well; here it leaves that to the account, so that the function's own leave decides. */
function circumstancesOf({ action, resource }: IamRequest): Circumstances {
  const worn = [...roles.values()].find(({ arn }) => arn === resource);
  if (action !== 'sts:AssumeRole' || !worn) return {};
  return { resourcePolicy: { ...worn.trust, Statement: worn.trust.Statement.map(trustingTheAccount) } };
}

describe('under a policy that observes', () => {
  test('there is no role that writes, and the functions can put on the reader only', async () => {
    const observing = rolesIn(synthesised(policyOfAll('observe')));
    expect([...observing.keys()].filter((name) => names.includes(name.slice(prefix.length)))).toEqual([]);
    const worker = roleOf(observing, 'worker');
    // As if roles of an earlier policy were still there, and left it to the account who puts them on.
    const worn = [...altered('trust', trustingTheAccount).values()].filter(({ boundary }) => boundary);
    const wearable = await Promise.all(worn.map((role) => mayWear(worker, role, 'inc-1')));
    expect(worn.filter((_role, place) => wearable[place]).map(({ name }) => name)).toEqual([`${prefix}reader`]);
    expect(await borrowedWrites(new Map([['reader', roleOf(observing, 'reader')]]), seen)).toEqual([]);
  });
});

/** The roles with each statement changed, or left out where nothing is answered; in the policies or the boundaries. */
function altered(
  where: 'policies' | 'boundary' | 'trust',
  change: (statement: PolicyStatement) => PolicyStatement | undefined,
): Roles {
  const changed = (document: PolicyDocument): PolicyDocument => ({
    ...document,
    Statement: document.Statement.map(change).filter((statement) => statement !== undefined),
  });
  return new Map(
    [...roles].map(([name, role]) => [
      name,
      {
        ...role,
        ...(where === 'policies' && { policies: role.policies.map(changed) }),
        ...(where === 'trust' && { trust: changed(role.trust) }),
        ...(where === 'boundary' && role.boundary && { boundary: changed(role.boundary) }),
      },
    ]),
  );
}

const trustingTheAccount = (statement: PolicyStatement): PolicyStatement => ({
  ...statement,
  Principal: { AWS: `arn:aws:iam::${account}:root` },
});

/** One role alone, with the policies of another besides its own boundary. */
function lent(name: string): Roles {
  return new Map([
    [`${prefix}${name}`, { ...roleOf(roles, name), policies: roleOf(roles, 'reboot-instance').policies }],
  ]);
}

describe('a mistake is found:', () => {
  test('a read that was forgotten', async () => {
    const faulty = altered('policies', ({ Action, ...statement }) => ({
      ...statement,
      Action: [Action].flat().filter((action) => action !== 'rds:DescribeEvents'),
    }));
    const asking = new Set(seen.filter(({ request }) => request.action === 'rds:DescribeEvents').map(({ by }) => by));
    expect([...asking]).toEqual(expect.arrayContaining(['reader', 'failover-db-instance', 'failover-db-cluster']));
    const refusals = [...asking].map((name) => `${name} may not rds:DescribeEvents on *`);
    expect([...(await refusedCalls(faulty, seen))].sort()).toEqual(refusals.sort());
  });

  test('a condition on the opt-in tag that was left out', async () => {
    const faulty = altered('policies', ({ Condition: _left, ...statement }) => statement);
    const found = (await unconsented(faulty)).join('\n');
    const asking = await Promise.all(
      remediations.map(async ({ name, permissions }) => {
        const tagged = permissions.write.filter((one) => one.tagged);
        // Of the same action on something else of that type there may be a reason not to ask.
        const excused = await Promise.all(tagged.map(({ action, on }) => unasked(action, on)));
        return excused.includes(false) ? [name] : [];
      }),
    );
    expect(asking.flat().filter((name) => !found.includes(name))).toEqual([]);
  });

  test('a boundary that does not heed the protect tag', async () => {
    const faulty = altered('boundary', (statement) =>
      JSON.stringify(statement.Condition ?? '').includes('homeostat:protect') ? undefined : statement,
    );
    const found = (await writesOnProtected(faulty, seen)).join('\n');
    // AWS tells IAM no tags at all of what some of them write to.
    const told = await Promise.all(
      seen.map(async ({ by, request: { action, resource } }) =>
        !(await onlyLooks(action)) && (await knowsTags(action, resource)) ? [by] : [],
      ),
    );
    expect(names.filter((name) => told.flat().includes(name) && !found.includes(name))).toEqual([]);
  });

  test('a boundary that forbids nothing', async () => {
    const faulty = altered('boundary', (statement) => ({
      ...statement,
      ...(statement.Effect === 'Allow' ? { Action: '*', Resource: '*' } : { Action: 'ec2:DescribeVpcs' }),
    }));
    const one = new Map([['reader', roleOf(faulty, 'reader')]]);
    expect((await possibleNeverCalls(one)).length).toBeGreaterThan(500);
  });

  test.each(['dynamodb:DeleteTable', 'iam:PutRolePolicy', 'kms:PutKeyPolicy', 'lambda:UpdateFunctionCode'])(
    '%s that somebody gave to a role without a boundary',
    async (action) => {
      const worker = roleOf(roles, 'worker');
      const given: PolicyStatement = { Effect: 'Allow', Action: action, Resource: '*' };
      const faulty = { ...worker, policies: [{ Version: '2012-10-17', Statement: [given] }] };
      const found = await possibleNeverCalls(new Map([[worker.name, faulty]]));
      expect(found).not.toEqual([]);
      expect(found.filter((finding) => !finding.includes(action))).toEqual([]);
    },
  );

  test('a write on everything', async () => {
    const faulty = altered('policies', (statement) => ({ ...statement, Resource: '*' }));
    const found = (await unlimitedWrites(faulty)).join('\n');
    expect(names.filter((name) => !found.includes(name))).toEqual([]);
  });

  test('a resource in every account and region', async () => {
    const wide = (arn: string): string => arn.replace(/^(arn:aws:[^:]+):[^:]+:\d+:/, '$1:*:*:');
    const faulty = new Map(
      [
        altered('policies', (statement) => ({ ...statement, Resource: [statement.Resource ?? []].flat().map(wide) })),
      ].flatMap((of) => [...of].map(([name, { boundary: _none, ...role }]) => [name, role] as const)),
    );
    const found = (await distantWrites(faulty, seen)).join('\n');
    // In some ARNs there stands no region.
    const placed = new Set(seen.flatMap(({ by, request: { resource } }) => (wide(resource) === resource ? [] : [by])));
    expect(names.filter((name) => placed.has(name) && !found.includes(name))).toEqual([]);
    expect((await unlimitedWrites(faulty)).length).toBeGreaterThan(names.length);
  });

  test('a role that has the writes of another', async () => {
    expect(await borrowedWrites(lent('stop-start-instance'), seen)).toEqual([
      expect.stringMatching(`^${prefix}stop-start-instance may ec2:RebootInstances`),
    ]);
  });

  test('no role of another system could make such writes, nor the reader: their boundaries do not have them', async () => {
    for (const name of ['reader', 'failover-db-instance']) {
      expect(await borrowedWrites(lent(name), seen)).toEqual([]);
    }
  });

  test('a session policy that takes nothing away, and one that takes too much', async () => {
    const statement = { Effect: 'Allow', Action: '*', Resource: '*' };
    const wide = () => JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
    expect((await writesOnUntouched(roles, seen, wide)).join('\n')).toMatch('reboot-instance: ec2:RebootInstances');
    const narrow = () => wide().replace('"*"', '"ec2:*"');
    expect((await refusedInSession(roles, seen, narrow)).join('\n')).toMatch('may not rds:RebootDBInstance');
  });

  test('a role that the whole account may put on', async () => {
    const faulty = altered('trust', trustingTheAccount);
    expect(await wrongWearers(faulty, ['reboot-instance'])).toContain(`admin may put on ${prefix}reboot-instance`);
  });
});
