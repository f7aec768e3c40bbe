import { sdkClients } from '../../../runtime/aws/sdk-clients';
import { connection } from '../lambda/shapes';

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret of the example' };
const arn = 'arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/web/73e2d6bc24d8a067';

/** Versions of the two generations' interfaces. */
const present = '2015-12-01';
const classic = '2012-06-01';

/** Which generation gets the call, and as which operation. */
async function sentBy(operation: string, input: object): Promise<unknown> {
  const { requestHandler, sent } = connection([{ status: 200, body: `<${operation}Response></${operation}Response>` }]);
  const settings = { region: 'eu-central-1', credentials, requestHandler };
  const client = await sdkClients(() => settings)('elasticloadbalancing', '111122223333', 'eu-central-1');
  await client[operation]?.(input).catch(() => undefined);
  const [request] = sent;
  const asked = new URLSearchParams(String(request?.body));
  return [sent.length, request?.hostname, asked.get('Action'), asked.get('Version')];
}

const host = 'elasticloadbalancing.eu-central-1.amazonaws.com';

it.each<[string, object, string]>([
  ['describeTargetHealth', { TargetGroupArn: arn }, present],
  ['describeTargetGroups', { TargetGroupArns: [arn] }, present],
  ['deregisterTargets', { TargetGroupArn: arn, Targets: [{ Id: 'i-0a1b2c3d' }] }, present],
  ['describeTags', { ResourceArns: [arn] }, present],
  ['describeTags', { LoadBalancerNames: ['shop'] }, classic],
  ['describeLoadBalancers', { Names: ['web'] }, present],
  ['describeLoadBalancers', { LoadBalancerArns: [arn] }, present],
  ['describeLoadBalancers', {}, present],
  ['describeLoadBalancers', { LoadBalancerNames: ['shop'] }, classic],
  ['describeInstanceHealth', { LoadBalancerName: 'shop' }, classic],
  ['deregisterInstancesFromLoadBalancer', { LoadBalancerName: 'shop', Instances: [{ InstanceId: 'i-0a' }] }, classic],
  ['registerInstancesWithLoadBalancer', { LoadBalancerName: 'shop', Instances: [{ InstanceId: 'i-0a' }] }, classic],
])('%s %j goes to the generation whose it is, once', async (operation, input, version) => {
  const action = operation.charAt(0).toUpperCase() + operation.slice(1);
  expect(await sentBy(operation, input)).toEqual([1, host, action, version]);
});
