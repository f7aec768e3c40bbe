import { Refusal } from '../../../simulator/refusal';
import { aFile } from '../command';
import { described, sample } from './described-account';
import { RecordedAccount, region, trueAccount } from './recorded-account';

const heal = { 'homeostat:heal': 'yes' };
const zone = 'Z0123456789ABCDEFGHIJ';
const [asked, standby, ofRecord] = ['01', '02', '03'].map((end) => `0f8b1c62-0000-4000-8000-0000000000${end}`);
const control = (end: string): string =>
  `arn:aws:route53-recovery-control::${trueAccount}:controlpanel/0123456789abcdef/routingcontrol/00000000000000${end}`;
const alias = 'mfzwi23gnjvgw.mrap';

const policy = aFile(
  'policy.yaml',
  `mode: observe
rules:
  - name: www
    on: [endpoint-unhealthy]
    try:
      - flip-routing-control:
          endpoints:
            - { url: 'https://aaaa.route53-recovery-cluster.us-east-1.amazonaws.com/v1', region: us-east-1 }
            - { url: 'https://bbbb.route53-recovery-cluster.us-west-2.amazonaws.com/v1', region: us-west-2 }
          off: ['${control('aa')}']
          on: ['${control('bb')}']
          standby: ${standby}
      - failover-dns-record: { hostedZone: ${zone}, record: www.shop.example, to: ireland }
      - failover-dns-record: { hostedZone: Z9999999999NOTTHERE99, record: www.shop.example, to: ireland }
    escalate: [oncall]
contacts: { oncall: { topic: 'arn:aws:sns:eu-west-1:111122223333:oncall' } }`,
);

const www = { name: 'www.shop.example', weight: 100, values: ['203.0.113.10'] };
const there = {
  hostedZones: [
    {
      ...{ id: zone, name: 'shop.example', tags: heal },
      records: [
        { name: 'aaa.shop.example', values: ['203.0.113.7'] },
        { ...www, set: 'frankfurt' },
        { ...www, set: 'ireland', weight: 0, healthCheck: ofRecord, values: ['203.0.113.20'] },
        { name: 'www.shop.example', type: 'AAAA', values: ['2001:db8:85a3::8a2e:370:7334'] },
        { name: 'zzz.shop.example', values: ['203.0.113.8'] },
      ],
    },
    { id: 'Z9876543210OTHER', name: 'other.example' },
  ],
  healthChecks: [
    { id: asked, name: 'www.shop.example' },
    { id: standby, control: control('bb') },
    { id: ofRecord, address: '203.0.113.20' },
  ],
  recoveryClusters: [
    {
      controls: [
        { arn: control('aa'), name: 'frankfurt', state: 'On' },
        { arn: control('bb'), name: 'ireland', state: 'Off' },
        { arn: control('cc'), name: 'others', state: 'Off' },
      ],
      down: ['https://aaaa.route53-recovery-cluster.us-east-1.amazonaws.com/v1'],
    },
  ],
  buckets: [{ name: 'shop-ireland', replicatedInto: ['shop-virginia'] }, { name: 'shop-virginia' }],
  accessPoints: [
    {
      alias,
      routes: [
        { bucket: 'shop-ireland', region: 'eu-west-1', active: true },
        { bucket: 'shop-virginia', region: 'us-east-1', active: false },
      ],
    },
  ],
};

const unhealthy = sample('cloudwatch/health-check-alarm.json', { 'us-east-1': region });
const ofAccessPoint = sample('cloudwatch/instance-cpu-tagged-alarm.json');
(ofAccessPoint as { detail: { alarmTags: object } }).detail.alarmTags = {
  'homeostat:resource': `multi-region-access-point/${alias}`,
  'homeostat:condition': 'region-impaired',
};

function recorded(pageSize = 1): RecordedAccount {
  const account = new RecordedAccount(there);
  account.account.pageSize = pageSize;
  return account.logs(unhealthy, ofAccessPoint);
}

test.each([1, 100])(
  'of a zone only the records are described that the policy may change (%i on a page)',
  async (pageSize) => {
    const { account, text, everything } = await described(recorded(pageSize), { policy });
    const records = account['hostedZones']?.[0]?.['records'] as readonly { readonly values: readonly string[] }[];
    expect(account['hostedZones']).toMatchObject([
      { id: zone, name: 'shop.example', recovery: 'DISABLED', tags: heal },
    ]);
    expect(records).toMatchObject([
      { name: 'www.shop.example', type: 'A', set: 'frankfurt', weight: 100, ttl: 60 },
      { name: 'www.shop.example', type: 'A', set: 'ireland', weight: 0, healthCheck: ofRecord },
      { name: 'www.shop.example', type: 'AAAA' },
    ]);
    expect(everything).not.toMatch(/aaa\.shop|zzz\.shop|other\.example|203\.0\.113|2001:db8/);
    expect(text).toContain('#   hosted zone Z9999999999NOTTHERE99\n');
  },
);

test('a zone leads to the health checks of its records, whose addresses are called alike', async () => {
  const { account } = await described(recorded(), { policy });
  const [, ireland] = account['hostedZones']?.[0]?.['records'] as readonly { readonly values: readonly string[] }[];
  expect(account['healthChecks']).toEqual([
    { id: asked, name: 'www.shop.example' },
    { id: standby, control: control('bb').replace(trueAccount, '111122223333') },
    { id: ofRecord, address: ireland?.values[0] },
  ]);
});

test('routing controls whose cluster does not answer are told, and the rest is recorded', async () => {
  const account = recorded();
  for (const [end, where] of Object.entries({ aaaa: 'us-east-1', bbbb: 'us-west-2' })) {
    const url = `https://${end}.route53-recovery-cluster.${where}.amazonaws.com/v1`;
    account.account.services['route53-recovery-cluster'].befall({ url, is: 'down' });
  }
  const { account: found, text } = await described(account, { policy });
  expect(found['recoveryClusters']).toBeUndefined();
  expect(text).toMatch(/routing control .*00aa: no endpoint that the policy names/);
  expect(found['hostedZones']).toHaveLength(1);
});

test('routing controls of the policy are described by the first of their endpoints that answers', async () => {
  const { account, text } = await described(recorded(), { policy });
  expect(account['recoveryClusters']).toEqual(
    [
      { arn: control('aa'), state: 'On' },
      { arn: control('bb'), state: 'Off' },
    ].map(({ arn, state }) => ({ controls: [{ arn: arn.replace(trueAccount, '111122223333'), state }] })),
  );
  expect(text).toMatch(/routing control .*00aa: its safety rules/);
});

test.each([
  ['GetHostedZone', 'hostedZones', /hosted zone Z0123456789ABCDEFGHIJ: you may not read it/],
  ['GetRoutingControlState', 'recoveryClusters', /routing control .*00bb: you may not ask how it stands/],
])('%s may be denied: it is told, and the rest is recorded', async (denied, list, said) => {
  const account = recorded();
  account.before = (operation) => {
    if (operation === denied)
      throw new Refusal('AccessDeniedException', `arn:aws:iam::${trueAccount}:user/ann may not`, 403);
  };
  const { account: found, text, everything } = await described(account, { policy });
  expect(everything).not.toMatch(/998877665544|user\/ann/);
  expect(found[list]).toBeUndefined();
  expect(text).toMatch(said);
  expect(found['accessPoints']).toHaveLength(1);
});

test('an access point is described by where it sends requests, and leads to the buckets there', async () => {
  const { account } = await described(recorded());
  expect(account['accessPoints']).toEqual(there.accessPoints);
  expect(account['buckets']).toMatchObject([
    { name: 'shop-ireland', replicatedInto: ['shop-virginia'] },
    { name: 'shop-virginia' },
  ]);
});

test('under pseudonyms all of it is still what it is, and nobody knows what it is called', async () => {
  const { account, everything } = await described(recorded(), { policy, pseudonyms: true });
  expect(everything).not.toMatch(/shop|ireland|frankfurt|example/);
  const [check] = (account['healthChecks'] ?? []).filter(({ id }) => id === asked);
  const [record] = account['hostedZones']?.[0]?.['records'] as readonly { readonly name: string }[];
  expect(check?.['name']).toBe(record?.name);
  expect(account['recoveryClusters']).toHaveLength(2);
  expect(account['accessPoints']).toMatchObject([
    { alias, routes: [{ region: 'eu-west-1' }, { region: 'us-east-1' }] },
  ]);
});

test('whoever records for a policy that finds things by their account is told to keep accounts', async () => {
  const { told } = await described(recorded(), { policy });
  expect(told).toContain('record with --keep-accounts');
  expect((await described(recorded())).told).not.toContain('--keep-accounts');
});
