import { sdkClients } from '../../../runtime/aws/sdk-clients';
import { connection } from '../lambda/shapes';

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret of the example' };
const RoutingControlArn =
  'arn:aws:route53-recovery-control::111122223333:controlpanel/0123456789abcdef/routingcontrol/00000000000000aa';
const endpoint = (name: string, region: string) => ({
  url: `https://${name}.route53-recovery-cluster.${region}.amazonaws.com/v1`,
  region,
});

async function client() {
  const { requestHandler, sent } = connection([{ status: 200, body: '{}' }]);
  const made = await sdkClients(() => ({ region: 'us-east-1', credentials, requestHandler }))(
    'route53-recovery-cluster',
    '111122223333',
    'us-east-1',
  );
  /** Where each call went, and for which Region it was signed. */
  const went = () =>
    sent.map(({ hostname, path, headers }) => {
      const { authorization = '' } = headers as { authorization?: string };
      return [hostname, path, /Credential=[^/]+\/\d+\/([^/]+)/.exec(authorization)?.[1]];
    });
  return { made, sent, went };
}

test('each call goes to the endpoint that it names, and is signed for its Region', async () => {
  const { made, went } = await client();
  await made['getRoutingControlState']?.({ RoutingControlArn, Endpoint: endpoint('aaaa', 'us-west-2') });
  await made['updateRoutingControlStates']?.({
    UpdateRoutingControlStateEntries: [{ RoutingControlArn, RoutingControlState: 'On' }],
    Endpoint: endpoint('bbbb', 'eu-west-1'),
  });
  expect(went()).toEqual([
    ['aaaa.route53-recovery-cluster.us-west-2.amazonaws.com', expect.stringMatching(/^\/v1/), 'us-west-2'],
    ['bbbb.route53-recovery-cluster.eu-west-1.amazonaws.com', expect.stringMatching(/^\/v1/), 'eu-west-1'],
  ]);
});

test('AWS is told nothing of the endpoint but by where the call goes', async () => {
  const { made, sent } = await client();
  await made['getRoutingControlState']?.({ RoutingControlArn, Endpoint: endpoint('aaaa', 'us-west-2') });
  expect(sent[0]?.['body']).toBe(JSON.stringify({ RoutingControlArn }));
});
