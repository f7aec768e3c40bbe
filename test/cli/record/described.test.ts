import { aFile } from '../command';
import { described, type Item, sample } from './described-account';
import { RecordedAccount, region, trueAccount } from './recorded-account';

const instance = 'i-0a1b2c3d4e5f60711';
const other = 'i-0a1b2c3d4e5f60722';
const targetGroupArn = `arn:aws:elasticloadbalancing:${region}:${trueAccount}:targetgroup/web/73e2d6bc24d8a067`;
const heal = { 'homeostat:heal': 'yes' };

const stopped = sample('ec2/instance-stopped.json', { 'i-0a1b2c3d4e5f60718': instance });

test('an instance leads to its group, that to its members and target groups, and those to their targets', async () => {
  const { account } = await described(
    new RecordedAccount({
      instances: [
        {
          id: instance,
          group: 'web',
          tags: heal,
          protected: true,
          stopProtected: true,
          lifecycle: 'spot',
          publicAddress: 'elastic',
        },
        { id: other, group: 'web', scaleInProtected: true, type: 'm7i.large' },
        { id: 'i-0a1b2c3d4e5f60733', instanceStore: true, tenancy: 'dedicated', state: 'stopped' },
        { id: 'i-0a1b2c3d4e5f60744' },
      ],
      targetGroups: [
        {
          name: 'web',
          arn: targetGroupArn,
          loadBalancer: 'app/shop/50dc6c495c0c9188',
          deregistrationDelay: 60,
          healthCheck: { every: 10, healthyAfter: 3, unhealthyAfter: 4 },
          targets: [{ id: 'i-0a1b2c3d4e5f60733', port: 8080 }],
          tags: heal,
        },
      ],
      groups: [
        {
          ...{ name: 'web', min: 1, max: 6, desired: 2, targetGroups: ['web'], healthChecks: ['elb'], gracePeriod: 90 },
          ...{ suspended: ['AZRebalance'], policies: [{ name: 'cpu', type: 'TargetTrackingScaling' }] },
          hooks: [{ name: 'drain', on: 'terminate' }],
          tags: heal,
        },
      ],
    }).logs(stopped),
  );
  expect(account['instances']).toMatchObject([
    {
      id: instance,
      group: 'web',
      tags: heal,
      protected: true,
      stopProtected: true,
      lifecycle: 'spot',
      publicAddress: 'elastic',
    },
    { id: other, group: 'web', scaleInProtected: true, type: 'm7i.large' },
    { id: 'i-0a1b2c3d4e5f60733', instanceStore: true, tenancy: 'dedicated', state: 'stopped' },
  ]);
  expect(account['groups']).toMatchObject([
    {
      ...{ name: 'web', min: 1, max: 6, desired: 2, healthChecks: ['ec2', 'elb'], gracePeriod: 90 },
      targetGroups: [targetGroupArn.replace(trueAccount, '111122223333')],
      suspended: ['AZRebalance'],
      policies: [{ name: 'cpu', type: 'TargetTrackingScaling' }],
      hooks: [{ name: 'drain', on: 'terminate' }],
      tags: heal,
    },
  ]);
  expect(account['targetGroups']).toMatchObject([
    {
      ...{ name: 'web', loadBalancer: 'app/shop/50dc6c495c0c9188', deregistrationDelay: 60, tags: heal },
      healthCheck: { every: 10, healthyAfter: 3, unhealthyAfter: 4 },
      targets: expect.arrayContaining([{ id: 'i-0a1b2c3d4e5f60733', port: 8080 }, { id: instance }]) as unknown,
    },
  ]);
  expect(account['subnets']?.length).toBeGreaterThan(0);
});

test('a database is described as it is, and one of a cluster as a member of it', async () => {
  const { account } = await described(
    new RecordedAccount({
      databases: [
        { id: 'orders', zone: `${region}b`, storageGiB: 50, maxStorageGiB: 200, tags: heal, replicaOf: 'sales' },
        { id: 'sales', parametersWait: true, backupDays: 0, deletionProtection: true },
      ],
      clusters: [
        {
          id: 'ledger',
          capacity: { least: 0.5, most: 16 },
          backupDays: 21,
          tags: heal,
          members: [{ id: 'ledger-1' }, { id: 'ledger-2', writer: true, tier: 0, class: 'db.r6g.xlarge' }],
        },
      ],
    }).logs(sample('rds/instance-storage-low.json'), sample('rds/instance-storage-low.json', { orders: 'ledger-1' })),
  );
  expect(account['databases']).toMatchObject([
    {
      id: 'orders',
      zone: `${region}b`,
      multiAz: true,
      storageGiB: 50,
      maxStorageGiB: 200,
      tags: heal,
      replicaOf: 'sales',
    },
    { id: 'sales', parametersWait: true, backupDays: 0, deletionProtection: true },
  ]);
  expect(account['clusters']).toMatchObject([
    {
      id: 'ledger',
      capacity: { least: 0.5, most: 16 },
      backupDays: 21,
      tags: heal,
      members: [{ id: 'ledger-1' }, { id: 'ledger-2', writer: true, tier: 0, class: 'db.r6g.xlarge' }],
    },
  ]);
});

test('a table is described with what scales it, and at ease', async () => {
  const { account } = await described(
    new RecordedAccount({
      tables: [
        {
          name: 'orders',
          capacity: { read: 40, write: 20 },
          load: { read: 90, write: 1 },
          indexes: [{ name: 'by-day', capacity: { read: 10, write: 20 } }],
          replicas: [{ region: 'eu-central-1' }],
          replicaWrites: { min: 5, max: 50 },
          sizeGiB: 3,
          pointInTimeRecovery: false,
          tags: heal,
        },
        { name: 'orders-of-others' },
      ],
      scalableTargets: [
        { resource: 'table/orders', dimension: 'dynamodb:table:ReadCapacityUnits', min: 5, max: 80 },
        { resource: 'table/orders/index/by-day', dimension: 'dynamodb:index:ReadCapacityUnits', min: 6, max: 90 },
        { resource: 'table/orders-of-others', dimension: 'dynamodb:table:ReadCapacityUnits', min: 1, max: 2 },
      ],
      alarms: [
        {
          name: 'orders throttled',
          metric: { namespace: 'AWS/DynamoDB', name: 'WriteThrottleEvents', dimensions: { TableName: 'orders' } },
          above: 100,
          missing: 'notBreaching',
        },
      ],
    }).logs(sample('config/table-not-restorable.json'), sample('cloudwatch/table-throttled-alarm.json')),
  );
  expect(account['tables']).toEqual([
    {
      ...{ name: 'orders', billing: 'provisioned', status: 'ACTIVE', sizeGiB: 3, tags: heal },
      ...{ capacity: { read: 40, write: 20 }, load: { read: 20, write: 10 } },
      indexes: [{ name: 'by-day', capacity: { read: 10, write: 20 }, load: { read: 5, write: 10 } }],
      replicas: [{ region: 'eu-central-1', status: 'ACTIVE' }],
      replicaWrites: { min: 5, max: 50 },
      ...{ pointInTimeRecovery: false, deletionProtection: true },
    },
  ]);
  expect(account['scalableTargets']).toEqual([
    { resource: 'table/orders', dimension: 'dynamodb:table:ReadCapacityUnits', min: 5, max: 80 },
    { resource: 'table/orders/index/by-day', dimension: 'dynamodb:index:ReadCapacityUnits', min: 6, max: 90 },
  ]);
  expect(account['alarms']).toMatchObject([{ name: 'orders throttled', missing: 'notBreaching' }]);
});

test('a node leads to its cache, and caches of each kind are described with what bounds them', async () => {
  const { account } = await described(
    new RecordedAccount({
      cacheGroups: [
        { id: 'sessions', replicas: 2, multiAz: false, dataGiB: 1, zones: ['eu-west-1b', 'eu-west-1a'], tags: heal },
        { id: 'of-others' },
      ],
      cacheClusters: [{ id: 'pages', nodes: 3, tags: heal }],
      serverlessCaches: [{ name: 'carts', maxStorageGB: 20, minEcpuPerSecond: 1000, tags: heal }],
    }).logs(
      sample('cloudwatch/cache-write-latency-alarm.json'),
      sample('cloudwatch/cache-memory-alarm.json', { 'sessions-001': 'pages' }),
      sample('elasticache/cache-limit-approaching.json'),
    ),
  );
  expect(account['cacheGroups']).toEqual([
    {
      ...{ id: 'sessions', engine: 'valkey', clusterMode: false, nodeType: 'cache.r7g.large', status: 'available' },
      ...{ shards: 1, replicas: 2, zones: ['eu-west-1b', 'eu-west-1a', 'eu-west-1b'] },
      ...{ automaticFailover: true, multiAz: false, tags: heal },
    },
  ]);
  expect(account['cacheClusters']).toMatchObject([{ id: 'pages', engine: 'memcached', nodes: 3, tags: heal }]);
  expect(account['serverlessCaches']).toEqual([
    {
      ...{ name: 'carts', engine: 'valkey', status: 'available', tags: heal },
      ...{ maxStorageGB: 20, minEcpuPerSecond: 1000 },
    },
  ]);
});

test('a file system is described with where it is mounted, and leads to where it should be', async () => {
  const id = 'fs-0123456789abcdef0';
  const tags = {
    ...heal,
    'homeostat:mount-subnets': 'subnet-0aaaaaaaaaaaaaaa1',
    'homeostat:mount-groups': 'sg-0aaaaaaaaaaaaaaa1',
  };
  const { account } = await described(
    new RecordedAccount({
      subnets: [{ id: 'subnet-0aaaaaaaaaaaaaaa1', zone: 'eu-west-1a' }],
      fileSystems: [
        {
          ...{ id, mode: 'provisioned', provisioned: 20, sizeGiB: 50, tags },
          mountTargets: [
            { id: 'fsmt-0123456789abcdef0', zone: 'eu-west-1a', securityGroups: ['sg-0aaaaaaaaaaaaaaa1'] },
          ],
        },
        { id: 'fs-0fffffffffffffff0' },
      ],
    }).logs(
      sample('cloudwatch/file-system-permitted-alarm.json'),
      sample('cloudwatch/file-system-permitted-alarm.json', { [id]: 'fs-0eeeeeeeeeeeeeee0' }),
    ),
  );
  expect(account['fileSystems']).toEqual([
    {
      ...{ id, mode: 'provisioned', provisioned: 20, performance: 'generalPurpose', sizeGiB: 50, tags },
      mountTargets: [{ id: 'fsmt-0123456789abcdef0', zone: 'eu-west-1a', securityGroups: ['sg-0aaaaaaaaaaaaaaa1'] }],
    },
  ]);
  expect(account['subnets']).toMatchObject([{ id: 'subnet-0aaaaaaaaaaaaaaa1', zone: 'eu-west-1a' }]);
});

test('a step leads to its cluster, which is described without what its steps run', async () => {
  const id = 'j-1YONHTCP3YZKC';
  const { account, everything } = await described(
    new RecordedAccount({
      emrClusters: [
        {
          ...{ id, name: 'nightly', managedScaling: { min: 2, max: 8 } },
          groups: [{ id: 'ig-2CORE0HKLMNOP', role: 'CORE', nodes: 3, running: 2, scaled: true }],
          steps: [{ id: 's-2L0P3YZKC1YON', name: 'load-orders', args: ['hunter2'] }],
          tags: { ...heal, 'homeostat:idempotent-steps': 'yes' },
        },
        { id: 'j-2FLEETS0KLMN', fleets: true },
      ],
    }).logs(
      sample('emr/step-failed.json'),
      sample('emr/group-running.json', { [id]: 'j-2FLEETS0KLMN' }),
      sample('emr/group-running.json', { [id]: 'j-3GONE0JKLMNO' }),
    ),
  );
  expect(account['emrClusters']).toMatchObject([
    {
      ...{ id, state: 'WAITING', terminationProtected: true, managedScaling: { min: 2, max: 8 } },
      groups: [{ id: 'ig-2CORE0HKLMNOP', role: 'CORE', nodes: 3, running: 2, state: 'RUNNING', scaled: true }],
      steps: [{ id: 's-2L0P3YZKC1YON', state: 'FAILED' }],
      tags: { ...heal, 'homeostat:idempotent-steps': 'yes' },
    },
    { id: 'j-2FLEETS0KLMN', fleets: true },
  ]);
  expect(everything).not.toContain('hunter2');
});

test('the runbooks of the policy and of the events are described, without what their parameters are by default', async () => {
  const policy = aFile(
    'policy.yaml',
    `mode: observe
rules:
  - name: disks
    on: [ec2-instance-impaired]
    try: [{ run-ssm-automation: { document: Shop-GrowDisk, version: '3', assumeRole: 'arn:aws:iam::111122223333:role/grow', inputs: { InstanceId: ['{{resource.id}}'] } } }]
    escalate: [oncall]
contacts: { oncall: { topic: 'arn:aws:sns:eu-west-1:111122223333:oncall' } }`,
  );
  const { account, text } = await described(
    new RecordedAccount({
      documents: [
        {
          name: 'Shop-GrowDisk',
          version: '3',
          parameters: [{ name: 'InstanceId' }, { name: 'Password', default: 'hunter2' }],
        },
      ],
    }).logs(sample('ssm/automation-success.json')),
    { policy },
  );
  expect(account['documents']).toEqual([
    {
      name: 'Shop-GrowDisk',
      version: '3',
      owner: '111122223333',
      parameters: [
        { name: 'InstanceId', type: 'String' },
        { name: 'Password', type: 'String', default: '' },
      ],
    },
  ]);
  expect(text).toMatch(/^# Gone by then.*\n# {3}runbook \S+/m);
});

const alarmOn = (metric: string, limit: Item, name: string): Item => ({
  ...{ name, every: 300, periods: 3, missing: 'breaching', state: 'ALARM', description: 'for ann' },
  metric: {
    namespace: metric.startsWith('Status') ? 'AWS/EC2' : 'Shop',
    name: metric,
    dimensions: { InstanceId: instance },
  },
  ...limit,
});
const alarmEvent = (name: string): object =>
  sample('cloudwatch/instance-status-alarm.json', { 'web-1 status': name, 'i-0a1b2c3d4e5f60718': instance });

test('an alarm that the simulator can follow is described, well at first', async () => {
  const { account: found } = await described(
    new RecordedAccount({
      instances: [{ id: instance }],
      alarms: [alarmOn('StatusCheckFailed', { above: 0 }, 'watched'), alarmOn('Errors', { above: 5 }, 'errors')],
    }).logs(alarmEvent('watched'), alarmEvent('errors')),
  );
  const same = { every: 300, periods: 3, statistic: 'Maximum', missing: 'breaching' };
  expect(found['alarms']).toEqual([
    {
      ...{ ...same, name: 'errors', above: 5, tellsOf: instance },
      metric: { namespace: 'Shop', name: 'Errors', dimensions: { InstanceId: instance } },
    },
    {
      ...{ ...same, name: 'watched', above: 0 },
      metric: { namespace: 'AWS/EC2', name: 'StatusCheckFailed', dimensions: { InstanceId: instance } },
    },
  ]);
});

test('an alarm that the simulator cannot follow is left to the replay, and the comment says why', async () => {
  const ofGroup = (name: string, limit: Item): Item => ({
    name,
    metric: { namespace: 'AWS/EC2', name: 'CPUUtilization', dimensions: { AutoScalingGroupName: 'web' } },
    ...limit,
  });
  const names = ['easily', 'never', 'fit', 'queue', 'both'];
  const { account, text } = await described(
    new RecordedAccount({
      groups: [{ name: 'web', desired: 2 }],
      alarms: [
        ofGroup('easily', { above: 10 }),
        ofGroup('never', { above: 99 }),
        ofGroup('fit', { above: 80 }),
        { name: 'queue', metric: { namespace: 'Shop', name: 'Waiting', dimensions: { Queue: 'orders' } }, above: 5 },
        { name: 'both', rule: 'ALARM(fit) OR ALARM(queue)' },
      ],
    }).logs(
      sample('autoscaling/launch-unsuccessful.json'),
      ...names.map((name) => sample('cloudwatch/group-cpu-alarm.json', { 'web busy': name })),
    ),
  );
  const said = names.filter((name) => text.includes(`#   alarm ${name}: `));
  expect((account['alarms'] ?? []).map(({ name }) => name)).toEqual(['fit']);
  expect(said).toEqual(['easily', 'never', 'queue', 'both']);
  expect(text).toContain('#   alarm both: a composite alarm: the replay holds it as recorded');
});

test('what is gone is named, and the events of other accounts and regions are counted', async () => {
  const { account, text, told } = await described(
    new RecordedAccount().logs(
      stopped,
      sample('rds/instance-storage-low.json'),
      sample('ec2/instance-running.json', { [trueAccount]: '777788889999' }),
      sample('ec2/instance-running.json', { 'eu-west-1': 'us-east-1' }),
    ),
  );
  expect(account['instances']).toBeUndefined();
  expect(text).toContain(
    `# Gone by then, so that the replay makes them up:\n#   instance ${instance}\n#   database orders\n`,
  );
  expect(text).toContain('# Events of other accounts or regions: 2.');
  expect(told).toContain('0 resources described, 2 gone since');
});

test('nothing that is secret in an account reaches the folder, nor do names under pseudonyms', async () => {
  const secrets = ['AKIAIOSFODNN7EXAMPLE', 'ann@example.com', '203.0.113.77', 'password=hunter2hunter2'];
  const tags = { ...heal, owner: 'ann@example.com', 'homeostat:protect': 'because of ann', cost: 'acme' };
  const account = (): RecordedAccount =>
    new RecordedAccount({
      instances: [{ id: instance, group: `web ${secrets[0]!}`, tags }],
      groups: [
        {
          name: `web ${secrets[0]!}`,
          tags,
          policies: [{ name: secrets[1]!, type: 'StepScaling' }],
          hooks: [{ name: secrets[3]!, on: 'launch' }],
        },
      ],
      targetGroups: [{ name: 'secretive', arn: targetGroupArn, targets: [{ id: secrets[2]! }], tags }],
      alarms: [{ ...alarmOn('StatusCheckFailed', { above: 0 }, `for ${secrets[1]!}`), tags }],
    }).logs(stopped, alarmEvent(`for ${secrets[1]!}`));
  for (const pseudonyms of [undefined, true] as const) {
    const { everything, account: found } = await described(account(), pseudonyms ? { pseudonyms } : {});
    for (const secret of [...secrets, trueAccount, 'because of', 'acme', 'hunter2', 'for ann'])
      expect(everything).not.toContain(secret);
    expect(found['instances']?.[0]?.['group']).toBe(found['groups']?.[0]?.['name']);
    expect(found['instances']?.[0]?.['tags']).toEqual({ ...heal, 'homeostat:protect': 'yes' });
    expect(everything.includes('web ')).toBe(pseudonyms === undefined);
  }
});

test('a bucket is described by who gets at it', async () => {
  const opened = sample('s3/bucket-policy-put.json');
  const { account, text } = await described(
    new RecordedAccount({
      buckets: [
        { name: 'shop-images', policy: 'public', list: 'public', block: { BlockPublicAcls: true }, tags: heal },
      ],
    }).logs(opened),
  );
  expect(account['buckets']).toMatchObject([
    { name: 'shop-images', policy: 'public', list: 'public', block: { BlockPublicAcls: true }, tags: heal },
  ]);
  expect(text).not.toContain('website');
  const gone = await described(new RecordedAccount().logs(opened));
  expect(gone.account['buckets']).toBeUndefined();
});

test('a health check is described by what it asks', async () => {
  const id = '0f8b1c62-0000-4000-8000-000000000001';
  const alarmed = sample('cloudwatch/health-check-alarm.json', { 'us-east-1': region });
  const { account } = await described(
    new RecordedAccount({ healthChecks: [{ id, name: 'www.shop.example', tags: heal }] }).logs(alarmed),
  );
  expect(account['healthChecks']).toEqual([{ id, name: 'www.shop.example', tags: heal }]);
});

test('a function is described by how often it may run and where its aliases lead, for an alias and for a mapping', async () => {
  const id = '4f1c7d20-0000-4000-8000-000000000001';
  const functions = [
    {
      name: 'checkout',
      reserved: 10,
      aliases: [
        { name: 'live', version: 7, before: 6 },
        { name: 'next', version: 8, weights: { 9: 0.1 } },
      ],
      tags: heal,
    },
  ];
  const eventSourceMappings = [{ id, function: 'checkout', lastResult: 'PROBLEM: Function call failed', tags: heal }];
  const recorded = new RecordedAccount({ functions, eventSourceMappings });
  recorded.account.services.lambda.mappings.put(id, 'Disabled');
  recorded.account.pageSize = 1;
  const { account, text } = await described(recorded.logs(sample('lambda/mapping-disabled.json')));
  expect(account['eventSourceMappings']).toEqual([
    {
      id,
      function: 'checkout',
      source: expect.any(String) as string,
      state: 'Disabled',
      lastResult: 'PROBLEM',
      tags: heal,
    },
  ]);
  const aliases = [
    { name: 'live', version: '7' },
    { name: 'next', version: '8', weights: { 9: 0.1 } },
  ];
  expect(account['functions']).toEqual([{ name: 'checkout', reserved: 10, aliases, tags: heal }]);
  expect(text).toContain('what its aliases led to before is not described');
  const alias = sample('cloudwatch/function-alias-errors-alarm.json');
  const byAlias = await described(new RecordedAccount({ functions }).logs(alias));
  expect(byAlias.account['functions']).toEqual([{ name: 'checkout', reserved: 10, aliases, tags: heal }]);
  const gone = await described(new RecordedAccount().logs(alias, sample('lambda/mapping-disabled.json')));
  expect(gone.account['functions']).toBeUndefined();
  expect(gone.account['eventSourceMappings']).toBeUndefined();
});
